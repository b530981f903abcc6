create or replace function noetl.ui_families()
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  with line as materialized (
    select l.name, count(*) filter (where l.last_at = 'infinity') as series, max(nullif(l.last_at, 'infinity')) as ended_at
    from _noetl.line as l
    group by l.name
  ),
  family as materialized (
    select f.family_id, f.name, f.metric_type, f.help, f.unit, n.name as line_name
    from _noetl.family as f
    cross join lateral unnest(_noetl.family_names(f.name, f.metric_type)) as n (name)
  ),
  -- what the page shows although no scrape has found it yet
  fresh as (
    select v.family_id, count(*) as series from _noetl.present_value as v group by v.family_id
    union all
    select u.family_id, count(*) from _noetl.unrecorded_line as u group by u.family_id
  ),
  listed as (
    select f.name, f.metric_type, f.help, f.unit, f.family_id, coalesce(sum(l.series), 0) as series, max(l.ended_at) as ended_at
    from family as f
    left join line as l on l.name = f.line_name
    group by f.family_id, f.name, f.metric_type, f.help, f.unit
    union all
    -- what rules record and what was imported belongs to no family
    select l.name, 'untyped', null, null, null, l.series, l.ended_at
    from line as l
    where l.name not in (select f.line_name from family as f)
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'name', i.name,
    'type', i.metric_type,
    'help', i.help,
    'unit', i.unit,
    'series', coalesce(nullif(i.series, 0), (select sum(n.series) from fresh as n where n.family_id = i.family_id), 0),
    'ended_at', case when i.series = 0 then extract(epoch from i.ended_at) end,
    'queries', _noetl.offered_queries(i.name, i.metric_type, coalesce(i.unit, substring(i.name from '_(seconds|bytes|ratio|percent)(?:_total)?$')))
  ) order by i.name collate "C"), '[]')
  from listed as i;
end;

comment on function noetl.ui_families() is
  'Every metric that there is or was, with what it is, how many series (in the sense of Prometheus) are on the page, and what one may ask of it, the usual first. ended_at: none is, and the last sample of one was then; null: some are, or none ever was.';

create or replace function _noetl.ui_families()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getFamilies": "GET /api/ui/families"},
  "tag": "browser",
  "right": "reader",
  "summary": "Every metric, and what one may ask of it.",
  "answer": {
    "type": "array",
    "items": {
      "type": "object",
      "properties": {
        "name": {"type": "string"},
        "type": {"$ref": "metricType"},
        "help": {"type": ["string", "null"]},
        "unit": {"type": ["string", "null"]},
        "series": {"type": "integer"},
        "ended_at": {"type": ["number", "null"]},
        "queries": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "title": {"type": "string"},
              "unit": {"type": ["string", "null"]},
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
}$$::_noetl.endpoint_definition;

comment on function _noetl.ui_families() is 'Where noetl.ui_families() is called over HTTP: GET /api/ui/families.';
