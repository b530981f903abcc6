create or replace function noetl.ui_dashboards()
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  with panel as (
    select d.dashboard, d.section, d.title, d.kind, d.unit, d.width, min(d.place) as place,
      jsonb_agg(jsonb_build_object('legend', d.legend, 'expression', d.expression) order by d.place) as targets
    from noetl.dashboard as d
    -- which only Grafana draws
    where d.dashboard <> 'sql'
    group by d.dashboard, d.section, d.title, d.kind, d.unit, d.width
  ),
  section as (
    select p.dashboard, p.section, min(p.place) as place,
      jsonb_agg(jsonb_build_object('title', p.title, 'kind', p.kind, 'unit', p.unit, 'width', p.width, 'targets', p.targets) order by p.place) as panels
    from panel as p
    group by p.dashboard, p.section
  ),
  dashboard as (
    select s.dashboard, jsonb_agg(jsonb_build_object('title', s.section, 'panels', s.panels) order by s.place) as sections
    from section as s
    group by s.dashboard
  )
  select coalesce(jsonb_agg(jsonb_build_object('name', d.dashboard, 'sections', d.sections) order by d.dashboard), '[]')
  from dashboard as d;
end;

comment on function noetl.ui_dashboards() is 'noetl.dashboard for the page in the browser: dashboards of sections of panels, each in its order.';

create or replace function _noetl.ui_dashboards()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getDashboards": "GET /api/ui/dashboards"},
  "tag": "browser",
  "right": "reader",
  "summary": "The dashboards, with the expressions of their panels.",
  "answer": {
    "type": "array",
    "items": {
      "type": "object",
      "properties": {
        "name": {"type": "string"},
        "sections": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "title": {"type": "string"},
              "panels": {
                "type": "array",
                "items": {
                  "type": "object",
                  "properties": {
                    "title": {"type": "string"},
                    "kind": {"type": "string", "enum": ["timeseries", "stat", "table"]},
                    "unit": {"type": ["string", "null"]},
                    "width": {"type": "integer"},
                    "targets": {
                      "type": "array",
                      "items": {"type": "object", "properties": {"legend": {"type": ["string", "null"]}, "expression": {"type": "string"}}, "required": "*"}
                    }
                  },
                  "required": "*"
                }
              }
            },
            "required": "*"
          }
        }
      },
      "required": "*"
    }
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.ui_dashboards() is 'Where noetl.ui_dashboards() is called over HTTP: GET /api/ui/dashboards.';
