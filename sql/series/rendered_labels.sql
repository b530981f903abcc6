create or replace function _noetl.rendered_labels(labels jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select coalesce(string_agg(l.key || '="' || _noetl.escaped_label(l.value) || '"', ',' order by l.key collate "C"), '')
  from jsonb_each_text(labels) as l;
end;

comment on function _noetl.rendered_labels(jsonb) is 'Canonical labels as the page writes them between the braces, sorted by name.';
