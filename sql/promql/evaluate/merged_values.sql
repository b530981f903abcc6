create or replace function _noetl.merged_values(vals double precision[], error text default 'vector cannot contain metrics with the same labelset')
returns double precision[]
language sql
stable
parallel safe
begin atomic
  select array(
    select case when count(u.val) > 1 then _noetl.raise_evaluation(error) else min(u.val) end
    from unnest(vals) with ordinality as u (val, place)
    group by (u.place - 1) % array_length(vals, 2)
    order by (u.place - 1) % array_length(vals, 2));
end;

comment on function _noetl.merged_values(double precision[], text) is
  'The values of several series, one a row of the array, as those of one series. Error, with that text: two have a value at the same step.';
