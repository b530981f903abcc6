create or replace function _noetl.otlp_counts(list jsonb)
returns double precision[]
language sql
immutable
parallel safe
begin atomic
  select case when not exists (select from unnest(n.numbers) as number where not coalesce(number >= 0 and number = floor(number) and number < 1e300, false)) then
    n.numbers end
  from (select _noetl.otlp_numbers(list) as numbers) as n;
end;

comment on function _noetl.otlp_counts(jsonb) is '_noetl.otlp_numbers() of counts; null: one of them is no whole number.';
