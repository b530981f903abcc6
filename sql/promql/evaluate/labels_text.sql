create or replace function _noetl.labels_text(name text, labels jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select '{' || coalesce(string_agg(case when l.key ~ '^[a-zA-Z_][a-zA-Z0-9_]*$' then l.key else _noetl.go_quoted(l.key) end
      || '=' || _noetl.go_quoted(l.value), ', ' order by l.key collate "C"), '') || '}'
  from (
    select e.key, e.value from jsonb_each_text(labels) as e
    union all
    select '__name__', labels_text.name where labels_text.name is not null
  ) as l;
end;

comment on function _noetl.labels_text(text, jsonb) is 'The labels of a series as Prometheus'' messages have them: {__name__="up", job="app"}.';
