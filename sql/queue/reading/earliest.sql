create or replace function _noetl.earliest(relation text, time_name text, condition text, zone text default null)
returns text
language sql
immutable
parallel safe
return format('(select %1$s from %2$s as j where %3$s and j.%4$s is not null order by j.%4$s limit 1)',
  case when zone is null then 'j.' || time_name else format('timezone(%L, j.%s)', zone, time_name) end,
  relation, condition, time_name);

comment on function _noetl.earliest(text, text, text, text) is
  'A subquery for the earliest time of a column among the rows j of a table that meet a condition; an index in that order answers it at once. zone: of a timestamp without one.';
