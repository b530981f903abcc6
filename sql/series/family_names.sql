create or replace function _noetl.family_names(name text, metric_type text, pushed boolean default false)
returns text[]
language sql
immutable
parallel safe
begin atomic
  select
    case
      when metric_type = 'counter' then array[name, n.page_name, n.page_name || '_created']
      when metric_type = 'histogram' then array[name, name || '_bucket', name || '_sum', name || '_count', name || '_created']
      when metric_type = 'summary' then array[name, name || '_sum', name || '_count', name || '_created']
      when pushed and name like '%\_created' then '{}'
      else array[name]
    end
    -- a family of its own, and not a part of another
    || case when n.page_name like '%\_created' then array[n.page_name || ' itself'] else '{}' end
  from (select case metric_type when 'counter' then regexp_replace(name, '(.)_total$', '\1') else name end as page_name) as n;
end;

comment on function _noetl.family_names(text, text, boolean) is
  'Every name that a family writes on the text or the OpenMetrics page; no other family may write one of them. pushed: a pushed group brought it: a gauge x_created may then stand beside the counter, histogram or summary x, as of when that is, which is what clients of Prometheus push; see _noetl.creation.';
