create or replace function _noetl.family_names(name text, metric_type text)
returns text[]
language sql
immutable
parallel safe
return case metric_type
  when 'counter' then array[name, regexp_replace(name, '(.)_total$', '\1'), regexp_replace(name, '(.)_total$', '\1') || '_created']
  when 'histogram' then array[name, name || '_bucket', name || '_sum', name || '_count', name || '_created']
  when 'summary' then array[name, name || '_sum', name || '_count', name || '_created']
  else array[name]
end;

comment on function _noetl.family_names(text, text) is
  'Every name that a family writes on the text or the OpenMetrics page; no other family may write one of them.';
