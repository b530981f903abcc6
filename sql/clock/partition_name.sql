create or replace function _noetl.partition_name(prefix text, day date)
returns name
language sql
stable
parallel safe
return prefix || to_char(day::timestamp, 'YYYYMMDD');

comment on function _noetl.partition_name(text, date) is 'The name of the partition whose first UTC day this is.';
