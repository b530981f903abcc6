create or replace function noetl.ui_chart(series bigint[], at timestamptz default now())
returns jsonb
language sql
stable
parallel safe
begin atomic
  with time as materialized (
    select date_bin(interval '15 seconds', at, 'epoch') as until, date_bin(interval '15 seconds', at, 'epoch') - interval '1 hour' as since
  ),
  line as (
    select s.place, s.series_id, l.name, l.kind, jsonb_agg(l.value order by l.at) as points
    from time as t
    cross join unnest(series) with ordinality as s (series_id, place)
    cross join lateral _noetl.ui_line(s.series_id, t.since, t.until, '15 seconds') as l
    where l.at between t.since and t.until
    group by s.place, s.series_id, l.name, l.kind
    having count(*) = 241
  )
  select jsonb_build_object(
    'since', extract(epoch from t.since)::bigint,
    'step', 15,
    'lines', (
      select coalesce(
        jsonb_agg(jsonb_build_object('series', l.series_id::text, 'name', l.name, 'kind', l.kind, 'points', l.points) order by l.place, l.name), '[]')
      from line as l))
  from time as t;
end;

comment on function noetl.ui_chart(bigint[], timestamptz) is
  'The last hour of some series as lines of a chart, a point every 15 s from since on; null: nothing was known then.';

create or replace function _noetl.ui_chart()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getChart": "GET /api/ui/chart"},
  "tag": "browser",
  "right": "reader",
  "summary": "The last hour of some series, a point every 15 seconds.",
  "arguments": ["query.series"],
  "query": {
    "series": {
      "type": "string",
      "pattern": "^-?\\d{1,19}(,-?\\d{1,19}){0,11}$",
      "examples": ["1,-2"],
      "description": "Up to twelve ids of the series of a family, separated by commas."
    }
  },
  "required": ["series"],
  "answer": {
    "type": "object",
    "properties": {
      "since": {"type": "integer"},
      "step": {"type": "integer"},
      "lines": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "series": {"type": "string"},
            "name": {"type": "string"},
            "kind": {"type": "string"},
            "points": {"type": "array", "items": {"type": ["number", "null"]}}
          },
          "required": "*"
        }
      }
    },
    "required": "*"
  },
  "statuses": {"22": 404},
  "failures": {"404": "There is no such thing."}
}$$::_noetl.endpoint_definition;

comment on function _noetl.ui_chart() is 'Where noetl.ui_chart() is called over HTTP: GET /api/ui/chart.';
