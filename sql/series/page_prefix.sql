create or replace function _noetl.page_prefix(metric_name text, page_labels text, part "char", bound double precision)
returns text
language sql
immutable
parallel safe
return metric_name || case
  when part in ('b', 'q') then
    '{' || page_labels || case when page_labels <> '' then ',' else '' end
    || case part when 'b' then 'le' else 'quantile' end || '="' || _noetl.bound_text(bound) || '"}'
  when page_labels <> '' then '{' || page_labels || '}'
  else ''
end;

comment on function _noetl.page_prefix(text, text, "char", double precision) is 'All of a line before its value.';
