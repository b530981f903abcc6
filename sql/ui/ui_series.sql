create or replace function noetl.ui_series(family text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  with wanted as (
    select f.family_id, f.metric_type from _noetl.family as f where f.name = ui_series.family
  ),
  listed as (
    select v.series_id, v.runtime_id, v.part, v.bound, v.page_labels, v.value, v.at
    from _noetl.current_value as v
    where v.family_id = (select w.family_id from wanted as w) and v.part in ('v', 'q', 'c') and v.value is not null
    union all
    select d.series_id, d.runtime_id, 'o', null, d.page_labels, d.observations, null
    from _noetl.current_distribution as d
    where d.family_id = (select w.family_id from wanted as w)
    union all
    -- what the page shows of a family of which nothing was recorded
    select hashtextextended(u.prefix, 0), 0, case u.rank when 3 then 'o' else 'v' end::"char", null, u.page_labels, u.value, null
    from _noetl.unrecorded_line as u
    where u.family_id = (select w.family_id from wanted as w) and u.rank in (0, 3)
  )
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'id', l.series_id::text,
        'component', nullif(r.name, 'default'),
        'state', r.status,
        'labels', concat_ws(',', nullif(l.page_labels, ''), case when l.part = 'q' then format('quantile="%s"', _noetl.bound_text(l.bound)) end),
        'value', _noetl.float_text(l.value),
        'at', extract(epoch from l.at))
      order by l.page_labels collate "C", l.bound, r.name, l.series_id),
    '[]')
  from listed as l
  join noetl.runtime as r using (runtime_id);
end;

comment on function noetl.ui_series(text) is
  'The series of a family with their values now; of a histogram or summary, its distributions and how many observations each has. at is null where the value is not from one sample.';

create or replace function _noetl.ui_series()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getFamilySeries": "GET /api/ui/series"},
  "tag": "browser",
  "right": "reader",
  "summary": "The series of a family, with their values now.",
  "arguments": ["query.family"],
  "query": {"family": {"type": "string", "pattern": "^[a-zA-Z_:][a-zA-Z0-9_:]{0,254}$", "examples": ["noetl_partitions"]}},
  "required": ["family"],
  "answer": {
    "type": "array",
    "items": {
      "type": "object",
      "properties": {
        "id": {"type": "string"},
        "component": {"type": ["string", "null"]},
        "state": {"type": "string"},
        "labels": {"type": "string"},
        "value": {"type": "string"},
        "at": {"type": ["number", "null"]}
      },
      "required": "*"
    }
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.ui_series() is 'Where noetl.ui_series() is called over HTTP: GET /api/ui/series.';
