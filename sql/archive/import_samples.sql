create or replace function noetl.import_samples(name text[], labels jsonb[], at timestamptz[], value double precision[])
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
  fault text;
  names text[];
  label_sets jsonb[];
  line_ids integer[];
begin
  if cardinality(name) <> cardinality(at) or cardinality(labels) <> cardinality(at) or cardinality(value) <> cardinality(at) then
    raise exception 'name, labels, at, value: must have as many elements as each other' using errcode = 'invalid_parameter_value';
  end if;
  select format('sample %s: %s', u.nth, f.fault) into fault
  from unnest(name, labels, at) with ordinality as u (name, labels, at, nth)
  cross join lateral (select _noetl.import_fault(u.name, u.labels, u.at, now()) as fault) as f
  where f.fault is not null
  order by u.nth
  limit 1;
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value';
  end if;

  select array_agg(d.name), array_agg(d.labels) into names, label_sets
  from (
    -- an empty label is an absent one
    select u.name, l.labels from unnest(name, labels) as u (name, labels)
    cross join lateral (select case when u.labels @? '$.* ? (@ == "")' then _noetl.full_labels(u.labels) else u.labels end as labels) as l
    group by u.name, l.labels
  ) as d;
  if names is null then
    return 0;
  end if;
  line_ids := _noetl.add_lines(names, label_sets, array(select n ~ '_(total|bucket|sum|count)$' from unnest(names) as n), 'infinity', '-infinity');
  return _noetl.import_lines(array_agg(k.line_id order by u.nth), array_agg((extract(epoch from u.at) * 1000)::bigint order by u.nth), array_agg(u.value order by u.nth))
  from unnest(name, labels, at, value) with ordinality as u (name, labels, at, value, nth)
  cross join lateral (select case when u.labels @? '$.* ? (@ == "")' then _noetl.full_labels(u.labels) else u.labels end as labels) as l
  join unnest(names, label_sets, line_ids) as k (name, labels, line_id) on k.name = u.name and k.labels = l.labels;
end
$$;

comment on function noetl.import_samples(text[], jsonb[], timestamptz[], double precision[]) is
  'Stores samples with times of their own in the archive, in any order, from 1970 to 10 minutes from now: the nth element of each array is one sample of a line. A null value says that the line was found to have ended then. Repeated samples are stored once; of two values for one time the later one counts. Returns how many there were; one that breaks a rule is an error that names it, and nothing is stored.';
