create or replace function _noetl.positive_duration(ms bigint)
returns text
language sql
immutable
strict
parallel safe
return case
  when ms % 31536000000 = 0 then format('%sy', ms / 31536000000)
  when ms % 604800000 = 0 then format('%sw', ms / 604800000)
  else concat(
    nullif(ms / 86400000, 0) || 'd', nullif(ms / 3600000 % 24, 0) || 'h', nullif(ms / 60000 % 60, 0) || 'm',
    nullif(ms / 1000 % 60, 0) || 's', nullif(ms % 1000, 0) || 'ms')
end;

comment on function _noetl.positive_duration(bigint) is 'A duration of more than no milliseconds as _noetl.go_duration(bigint) writes it.';
