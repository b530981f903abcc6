create or replace function _noetl.imported_interval(given text)
returns interval
language sql
immutable
parallel safe
begin atomic
  select case
    when given ~ '^\d+(\.\d+)?$' then make_interval(secs => given::double precision)
    when given ~ '^(\d+(\.\d+)?(ms|us|µs|ns|h|m|s))+$' then (
      select make_interval(secs => sum(p.part[1]::double precision
        * case p.part[3] when 'h' then 3600 when 'm' then 60 when 's' then 1 when 'ms' then 1e-3 when 'ns' then 1e-9 else 1e-6 end))
      from regexp_matches(given, '(\d+(\.\d+)?)(ms|us|µs|ns|h|m|s)', 'g') as p (part))
  end;
end;

comment on function _noetl.imported_interval(text) is 'An interval as the files of exporters have it: seconds, or a duration such as 1m30s; null: it is neither.';
