create or replace function noetl.rate(metric_name text, over interval default '5 minutes', labels jsonb default '{}', at timestamptz default now())
returns table (line_labels jsonb, increase double precision, per_second double precision)
language plpgsql
stable
parallel safe
security definer
rows 100
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if over <= interval '0' then
    raise exception 'over: must be longer than zero' using errcode = 'invalid_parameter_value';
  end if;
  return query
  with line as materialized (
    select l.line_id, l.labels from _noetl.lines_of(metric_name, rate.labels, null, at - over, at) as l where l.counter
  )
  select l.labels, h.increase, h.increase / date_part('epoch', over)
  from _noetl.line_history(array(select l.line_id from line as l), at - over, at, over, at - over) as h
  join line as l using (line_id)
  order by h.increase desc, l.labels;
end
$$;

comment on function noetl.rate(text, interval, jsonb, timestamptz) is
  'By how much each running total of a name grew in the time over that ended at a moment, and how much that is per second; the fastest first. Exact between the scrapes, not extrapolated as rate() of PromQL is. labels: only lines whose labels contain these.';
