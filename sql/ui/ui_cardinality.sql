create or replace function noetl.ui_cardinality(most integer default 25)
returns jsonb
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
set jit = off
begin atomic
  with line as materialized (
    select l.line_id, coalesce(f.name, l.name) as family, l.first_at, l.last_at = 'infinity' as present,
      l.last_at >= now() - interval '1 day' and l.first_at < now() - interval '1 day' as before,
      -- a line of the page: name{labels} value
      octet_length(l.name) + octet_length(l.labels::text) + 8 as page_bytes
    from _noetl.line as l
    left join (
      select f.name, n.name as line_name from _noetl.family as f cross join lateral unnest(_noetl.family_names(f.name, f.metric_type)) as n (name)
    ) as f on f.line_name = l.name
    where l.last_at >= now() - interval '1 day'
  ),
  stored as materialized (
    select c.line_id,
      sum(coalesce(pg_column_size(c.d2), 0) + coalesce(pg_column_size(c.d4), 0) + coalesce(pg_column_size(c.d8), 0) + coalesce(pg_column_size(c.f), 0) + 64) as bytes
    from _noetl.chunk as c
    where c.from_at >= now() - interval '1 day' and c.line_id > 0
    group by c.line_id
  ),
  family as materialized (
    select l.family as name,
      count(*) filter (where l.present) as series,
      count(*) filter (where l.before) as series_before,
      count(*) filter (where l.first_at >= now() - interval '1 hour') as new_series,
      coalesce(sum(l.page_bytes) filter (where l.present), 0) as page_bytes,
      coalesce(sum(s.bytes), 0)::bigint as archive_bytes
    from line as l
    left join stored as s using (line_id)
    group by l.family
  ),
  limited as materialized (
    select f.name, f.series, f.max_series from noetl.family as f
  ),
  limits as (
    select format('series of %s', l.name) as what, l.name as family, l.series as used, l.max_series::bigint as most_allowed from limited as l where l.series > 0
    union all
    select 'families', null, count(*), _noetl.integer_setting('max_families')::bigint from _noetl.family
    union all
    select 'bytes of the page', null, (
      -- as _noetl.pending_identity counts them against the limit
      (select coalesce(sum(octet_length(s.prefix) + 30), 0) from _noetl.state as s)
      + (select coalesce(sum((cardinality(d.buckets) + 2) * (octet_length(d.page_labels) + octet_length(f.name) + 60)), 0)
         from _noetl.distribution as d join _noetl.family as f using (family_id))), _noetl.integer_setting('max_page_bytes')::bigint
    union all
    select format('families of %s', r.name), null, count(distinct s.family_id), _noetl.integer_setting('max_component_families')::bigint
    from _noetl.series as s
    join noetl.runtime as r using (runtime_id)
    where s.retired_at is null
    group by r.runtime_id, r.name
  )
  select jsonb_build_object(
    'series', (select coalesce(sum(f.series), 0) from family as f),
    'families', (
      select coalesce(jsonb_agg(to_jsonb(f) order by f.series desc, f.name), '[]')
      from (
        select f.* from family as f
        where f.name in (
          (select b.name from family as b order by b.series desc, b.name limit most)
          union (select b.name from family as b order by b.page_bytes desc, b.name limit most)
          union (select b.name from family as b order by b.archive_bytes desc, b.name limit most)
          union (select b.name from family as b order by b.series - b.series_before desc, b.new_series desc, b.name limit most))) as f),
    'limits', (
      select coalesce(jsonb_agg(jsonb_build_object('what', l.what, 'family', l.family, 'used', l.used, 'most', l.most_allowed) order by l.used::double precision / l.most_allowed desc, l.what), '[]')
      from (select l.* from limits as l order by l.used::double precision / l.most_allowed desc, l.what limit 12) as l));
end;

comment on function noetl.ui_cardinality(integer) is
  'What the page in the browser shows of cardinality: the families that have the most series, take the most bytes of the page or of a day of the archive, or grew most since a day ago, the first most of each; and the limits that are nearest. series_before: of those a day ago; new_series: in the last hour; archive_bytes: of blocks that were closed in the last day.';

create or replace function _noetl.ui_cardinality()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getCardinality": "GET /api/ui/cardinality"},
  "tag": "browser",
  "right": "reader",
  "summary": "Which families have the most series, what grows, which limits are near.",
  "arguments": ["query.most"],
  "query": {"most": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 25, "description": "How many families of each kind."}},
  "answer": {
    "type": "object",
    "properties": {
      "series": {"type": "integer"},
      "families": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "name": {"type": "string"},
            "series": {"type": "integer"},
            "series_before": {"type": "integer"},
            "new_series": {"type": "integer"},
            "page_bytes": {"type": "integer"},
            "archive_bytes": {"type": "integer"}
          },
          "required": "*"
        }
      },
      "limits": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {"what": {"type": "string"}, "family": {"type": ["string", "null"]}, "used": {"type": "integer"}, "most": {"type": "integer"}},
          "required": "*"
        }
      }
    },
    "required": "*"
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.ui_cardinality() is 'Where noetl.ui_cardinality() is called over HTTP: GET /api/ui/cardinality.';
