create or replace function noetl.import_samples(name text[], labels jsonb[], at timestamptz[], value double precision[])
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set enable_nestloop = off
set jit = off
as $$
#variable_conflict use_column
declare
  fault text;
  line_ids integer[];
  at_ms bigint[];
begin
  if cardinality(name) <> cardinality(at) or cardinality(labels) <> cardinality(at) or cardinality(value) <> cardinality(at) then
    raise exception 'name, labels, at, value: must have as many elements as each other' using errcode = 'invalid_parameter_value';
  end if;
  with series as materialized (
    select u.name, u.labels, min(u.nth) as nth
    from unnest(name, labels) with ordinality as u (name, labels, nth)
    group by u.name, u.labels
  ),
  broken as (
    select s.nth, _noetl.import_fault(s.name, s.labels) as fault from series as s
    union all
    select u.nth, 'at: must lie between 1970 and 10 minutes from now'
    from unnest(at) with ordinality as u (at, nth)
    where (u.at between '1970-01-01 00:00+00' and clock_timestamp() + interval '10 minutes') is not true
  )
  select format('sample %s: %s', b.nth, b.fault) into fault from broken as b where b.fault is not null order by b.nth limit 1;
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value';
  end if;
  at_ms := array(select round(date_part('epoch', u.at) * 1000)::bigint from unnest(at) with ordinality as u (at, nth) order by u.nth);
  line_ids := _noetl.imported_lines(name, labels);
  return _noetl.import_lines(line_ids, at_ms, value);
end
$$;

comment on function noetl.import_samples(text[], jsonb[], timestamptz[], double precision[]) is
  'Stores samples with times of their own in the archive, in any order, from 1970 to 10 minutes from now: the nth element of each array is one sample of a line. A null value says that the line was found to have ended then. Repeated samples are stored once; of two values for one time the later one counts. Returns how many there were; one that breaks a rule is an error that names it, and nothing is stored.';
