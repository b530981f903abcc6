create or replace function _noetl.earliest(branch _noetl.job_branch, library jsonb, value text, time_order text, condition text)
returns text
language sql
stable
parallel safe
begin atomic
  select string_agg(
    case
      when (branch).detail ? 'priorities' then format(
        '(select min((select %1$s from %2$s and %3$s.priority = noetl_priority order by %4$s limit 1)) from generate_series(%5$s, %6$s) as noetl_priority)',
        value, f.rows, (branch).alias, time_order, (branch).detail #>> '{priorities,0}', (branch).detail #>> '{priorities,1}')
      else format('(select %s from %s order by %s limit 1)', value, f.rows, time_order)
    end, ', ')
  from _noetl.key_condition(branch, library) as k (of_key)
  cross join lateral format('%s as %s where %s and %s is not null and %s%s',
    (branch).relation, (branch).alias, (branch).condition, time_order, condition, k.of_key) as f (rows)
  where value is not null and condition is not null and time_order is not null;
end;

comment on function _noetl.earliest(_noetl.job_branch, jsonb, text, text, text) is
  'Subqueries for a value of the first, in an order of time, of the jobs of a branch that meet a condition and belong to the key noetl_key; an index in that order answers each at once. Null: there is no such value or condition.';
