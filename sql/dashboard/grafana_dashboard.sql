create or replace function noetl.grafana_dashboard(preset text)
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  panels jsonb := (select jsonb_agg(p.body order by p.place) from _noetl.grafana_panel as p where p.preset = grafana_dashboard.preset);
  plugin text := case preset when 'sql' then 'grafana-postgresql-datasource' else 'prometheus' end;
  variables jsonb := jsonb_build_array(jsonb_build_object('name', 'datasource', 'label', 'Data source', 'type', 'datasource', 'query', plugin));
begin
  if panels is null then
    raise exception 'preset: there is no dashboard "%"', preset
      using errcode = 'invalid_parameter_value', column = 'preset',
        hint = 'There are ' || (select string_agg(distinct p.preset, ', ' order by p.preset) from _noetl.grafana_panel as p) || '.';
  end if;
  if preset = 'sql' then
    variables := variables || jsonb_build_object(
      'name', 'metric', 'label', 'Metric', 'type', 'query', 'refresh', 2,
      'datasource', jsonb_build_object('type', plugin, 'uid', '${datasource}'),
      'query', 'select distinct metric_name from noetl.metrics where "timestamp" >= now() - interval ''1 hour'' order by 1');
  end if;
  return jsonb_build_object(
    'uid', 'noetl-' || preset,
    'title', 'noetl-metrics: ' || preset,
    'tags', jsonb_build_array('noetl-metrics'),
    'schemaVersion', 39,
    'editable', true,
    'refresh', '30s',
    'time', jsonb_build_object('from', 'now-1h', 'to', 'now'),
    'timezone', 'browser',
    'templating', jsonb_build_object('list', variables),
    'annotations', jsonb_build_object('list', '[]'::jsonb),
    'panels', panels);
end
$$;

comment on function noetl.grafana_dashboard(text) is
  'A Grafana dashboard to import: hodei, xyn, noetl, operations and postgres read Prometheus, sql reads this database. Another name is an error.';

create or replace function _noetl.grafana_dashboard()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getDashboard": "GET /grafana/{preset}.json"},
  "tag": "monitoring",
  "right": "reader",
  "summary": "A dashboard to import into Grafana.",
  "arguments": ["path.preset"],
  "path": {"preset": {"$ref": "preset"}},
  "answer": {
    "type": "object",
    "properties": {"uid": {"type": "string"}, "title": {"type": "string"}, "panels": {"type": "array", "items": {"type": "object"}}},
    "required": "*",
    "additionalProperties": true,
    "description": "As Grafana imports it."
  },
  "statuses": {"22": 404},
  "failures": {"404": "There is no such thing."}
}$$::_noetl.endpoint_definition;

comment on function _noetl.grafana_dashboard() is 'Where noetl.grafana_dashboard() is called over HTTP: GET /grafana/{preset}.json.';
