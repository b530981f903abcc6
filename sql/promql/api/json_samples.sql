create or replace function _noetl.json_samples(begun text[], vals double precision[])
returns text
language sql
immutable
parallel safe
begin atomic
  select '[' || string_agg(
    s.begun || case
      when s.val > 1e-4 and s.val < 1e15 or s.val = 0 or s.val < -1e-4 and s.val > -1e15 then s.val::text
      else _noetl.go_float(s.val)
    end || '"]', ',') || ']'
  from unnest(begun, vals) as s (begun, val)
  where s.val is not null;
end;

comment on function _noetl.json_samples(text[], double precision[]) is
  'The values of a series as Prometheus'' answers have them, [[seconds, "value"], …], without what is null. begun: how each begins.';
