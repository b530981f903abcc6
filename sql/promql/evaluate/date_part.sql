create or replace function _noetl.date_part(field text, seconds double precision)
returns double precision
language sql
immutable
parallel safe
return case
  when seconds is null then null
  -- beyond what a timestamp can be
  when not seconds between -210000000000 and 9000000000000 then 'NaN'
  when field = 'days_in_month' then extract(day from date_trunc('month', timestamp '1970-01-01' + make_interval(secs => trunc(seconds))) + interval '1 month - 1 day')
  else pg_catalog.date_part(field, timestamp '1970-01-01' + make_interval(secs => trunc(seconds)))
end;

comment on function _noetl.date_part(text, double precision) is 'A part of the UTC date and time that a number of seconds since 1970 is; days_in_month: how many its month has.';
