create or replace function _noetl.bound_text(bound double precision)
returns text
language sql
immutable
parallel safe
return case
  when bound = 'Infinity' then '+Inf'
  when bound = '-Infinity' then '-Inf'
  -- PostgreSQL writes plain digits up to 1e15, Go's %g up to 1e6
  when abs(bound) >= 1e6 and bound::text !~ '[eN]' then
    regexp_replace(
      regexp_replace(bound::text, '^(-?\d)(\d*)\.?(\d*)$', '\1.\2\3'), '\.?0*$', '')
    || 'e+' || lpad((length(split_part(ltrim(bound::text, '-'), '.', 1)) - 1)::text, 2, '0')
  when bound::text ~ '[.eN]' then bound::text
  else bound::text || '.0'
end;

comment on function _noetl.bound_text(double precision) is
  'An le or quantile in the canonical form that OpenMetrics demands (1.0, 0.05, 1e+06, +Inf), used in both formats so that a series is the same in both.';
