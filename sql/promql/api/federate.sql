create or replace function noetl.federate(form jsonb)
returns _noetl.answer
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select row(null, jsonb '{"content-type": "text/plain; version=0.0.4; charset=utf-8"}', coalesce(string_agg(f.head || f.lines, '' order by f.name collate "C"), ''))::_noetl.answer
  from (
    select l.name, format(E'# TYPE %s untyped\n', l.name) as head,
      string_agg(concat(l.name, '{' || nullif(_noetl.rendered_labels(l.labels), '') || '}', ' ', _noetl.float_text(l.value), ' ', l.at_ms, E'\n'), '' order by l.labels::text) as lines
    from _noetl.present_line(form) as l
    group by l.name
  ) as f;
end;

comment on function noetl.federate(jsonb) is
  'The last value of each series that any selector of match[] matches, unless it ended or is older than five minutes: what a Prometheus scrapes of /federate.';

create or replace function _noetl.federate()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"federate": "GET /federate"},
  "tag": "promql",
  "right": "reader",
  "summary": "Current values of series, for a Prometheus to scrape.",
  "arguments": ["form"],
  "query": {"match[]": {"type": "string", "description": "A selector of series; may be repeated.", "examples": ["up"]}},
  "required": ["match[]"],
  "type": "text/plain",
  "answer": {"type": "string"},
  "errors": "prometheus"
}$$::_noetl.endpoint_definition;

comment on function _noetl.federate() is 'Where noetl.federate() is called over HTTP: GET /federate.';
