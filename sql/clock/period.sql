create or replace function _noetl.period(day date, days integer)
returns date
language sql
immutable
parallel safe
return day - mod(mod(day - date '1970-01-01', days) + days, days);

comment on function _noetl.period(date, integer) is 'The first day of the partition that holds a day, where partitions hold so many days.';
