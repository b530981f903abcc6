create or replace function _noetl.moment_fault(field text, moment timestamptz)
returns text
language sql
immutable
parallel safe
return case
  when moment < timestamptz '0001-01-01 00:00:00+00' or moment >= timestamptz '10000-01-01 00:00:00+00' then
    field || ': must be a moment of the years 1 to 9999'
end;

comment on function _noetl.moment_fault(text, timestamptz) is
  'What is wrong with a moment that neither JSON nor the page nor the archive could carry (infinity, before Christ, beyond the year 9999), as "field: rule"; null: nothing.';
