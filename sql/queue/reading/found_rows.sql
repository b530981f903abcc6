create or replace function _noetl.found_rows(branch _noetl.job_branch)
returns text
language sql
volatile
parallel unsafe
return case
  when _noetl.is_served((branch).relation, format('select from %s as %s where %s', (branch).relation, (branch).alias, (branch).condition), 1048576)
    then (branch).relation
  when _noetl.leads_an_index((branch).relation, (branch).detail ->> 'status') then format($sql$(
  with recursive known (status) as (
    (select %1$s from %2$s order by %1$s limit 1)
    union all
    select (select %1$s from %2$s where %1$s > k.status order by %1$s limit 1) from known as k where k.status is not null)
  select r.*
  from known as k
  -- as a range the planner takes it for few rows, which it is
  cross join lateral (select o.* from %2$s as o where o.%1$s >= k.status and o.%1$s <= k.status offset 0) as r
  where (k.status in (%3$s)) is not true)$sql$,
    (branch).detail ->> 'status', (branch).relation, (branch).detail ->> 'named')
end;

comment on function _noetl.found_rows(_noetl.job_branch) is
  'Where a reading that counts finds jobs in no named status: in the table, if that is small or an index finds them; else by stepping through an index that begins with the status; null: there is none.';
