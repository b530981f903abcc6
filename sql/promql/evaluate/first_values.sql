create or replace function _noetl.first_values(vals double precision[])
returns double precision[]
language sql
immutable
parallel safe
begin atomic
  select array(
    select (array_agg(u.val order by u.place) filter (where u.val is not null))[1]
    from unnest(vals) with ordinality as u (val, place)
    group by (u.place - 1) % array_length(vals, 2)
    order by (u.place - 1) % array_length(vals, 2));
end;

comment on function _noetl.first_values(double precision[]) is
  'At each step a value of one of several series, one a row of the array; null where none has any.';
