create or replace view _noetl.grafana_panel as
with panel as (
  select
    t.dashboard as preset, t.section, t.title, t.kind, t.unit, t.width, min(t.place) as place,
    case t.dashboard
      when 'sql' then jsonb_build_object('type', 'grafana-postgresql-datasource', 'uid', '${datasource}')
      else jsonb_build_object('type', 'prometheus', 'uid', '${datasource}')
    end as datasource,
    array_agg(t.expression order by t.place) as expressions,
    array_agg(t.legend order by t.place) as legends
  from noetl.dashboard as t
  group by t.dashboard, t.section, t.title, t.kind, t.unit, t.width
),
flow as (
  select p.*, sum(p.width) over (partition by p.preset, p.section order by p.place) - p.width as before
  from panel as p
),
section as (
  select
    f.preset, f.section, min(f.place) as place,
    -- a heading of height 1 and lines of height 8
    sum(1 + 8 * max(f.before / 24 + 1)) over (partition by f.preset order by min(f.place)) - (1 + 8 * max(f.before / 24 + 1)) as top
  from flow as f
  group by f.preset, f.section
)
select s.preset, s.place - 1 as place, jsonb_build_object(
  'id', s.place * 10,
  'type', 'row',
  'title', s.section,
  'collapsed', false,
  'panels', '[]'::jsonb,
  'gridPos', jsonb_build_object('x', 0, 'y', s.top, 'w', 24, 'h', 1)) as body
from section as s
union all
select f.preset, f.place, jsonb_build_object(
  'id', f.place * 10 + 1,
  'type', f.kind,
  'title', f.title,
  'datasource', f.datasource,
  'gridPos', jsonb_build_object('x', f.before % 24, 'y', s.top + 1 + 8 * (f.before / 24), 'w', f.width, 'h', 8),
  'fieldConfig', jsonb_build_object(
    'defaults', jsonb_strip_nulls(jsonb_build_object(
      'unit', f.unit,
      'min', case when f.unit in ('percentunit', 'percent') then 0 end,
      'custom', case when f.kind = 'timeseries' then '{"fillOpacity": 8, "lineWidth": 1, "showPoints": "auto", "spanNulls": 60000}'::jsonb end)),
    'overrides', '[]'::jsonb),
  'options', case f.kind
    when 'timeseries' then '{"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi", "sort": "desc"}}'::jsonb
    when 'stat' then '{"reduceOptions": {"calcs": ["lastNotNull"]}, "graphMode": "area"}'::jsonb
    else '{}'::jsonb
  end,
  'targets', (
    select jsonb_agg(
      jsonb_build_object('refId', chr(64 + q.place::integer), 'datasource', f.datasource)
      || case f.preset
        when 'sql' then jsonb_build_object(
          'editorMode', 'code', 'rawQuery', true, 'rawSql', q.expression,
          'format', case f.kind when 'table' then 'table' else 'time_series' end)
        else jsonb_build_object('editorMode', 'code', 'expr', q.expression, 'legendFormat', q.legend, 'range', true)
      end
      order by q.place)
    from unnest(f.expressions, f.legends) with ordinality as q (expression, legend, place)))
from flow as f
join section as s using (preset, section);

comment on view _noetl.grafana_panel is
  'One row is one Grafana panel, or the heading of a section, laid out on a grid of 24 columns.';
