create or replace function _noetl.short_duration(seconds double precision)
returns text
language sql
immutable
parallel safe
return case
  when seconds is null then '-'
  when seconds < 60 then format('%ss', floor(seconds))
  when seconds < 3600 then format('%sm %ss', floor(seconds / 60), floor(seconds)::bigint % 60)
  when seconds < 86400 then format('%sh %sm', floor(seconds / 3600), floor(seconds / 60)::bigint % 60)
  else format('%sd %sh', floor(seconds / 86400), floor(seconds / 3600)::bigint % 24)
end;

comment on function _noetl.short_duration(double precision) is 'Seconds in their two largest units: 14m 9s; -: null.';
