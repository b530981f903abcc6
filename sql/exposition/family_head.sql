create or replace function _noetl.family_head(openmetrics boolean, name text, metric_type text, help text, unit text)
returns text
language sql
immutable
parallel safe
return case
  when openmetrics then
    '# TYPE ' || name || ' ' || metric_type || E'\n'
    || coalesce('# UNIT ' || name || ' ' || unit || E'\n', '')
    || coalesce('# HELP ' || name || ' ' || _noetl.escaped_label(nullif(help, '')) || E'\n', '')
  else
    '# HELP ' || name || ' ' || replace(replace(coalesce(nullif(help, ''), 'No help text.'), '\', '\\'), E'\n', '\n') || E'\n'
    || '# TYPE ' || name || ' ' || metric_type || E'\n'
end;

comment on function _noetl.family_head(boolean, text, text, text, text) is
  'What stands before the lines of a family, in OpenMetrics 1.0 or text 0.0.4; name, type and unit as that format has them.';
