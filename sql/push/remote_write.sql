create or replace function noetl.remote_write(body jsonb, parameters jsonb default '{}')
returns _noetl.answer
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set enable_nestloop = off
set jit = off
as $$
#variable_conflict use_column
declare
  extra jsonb := _noetl.extra_labels(parameters);
  given _noetl.written_series[];
  good record;
  faults text[];
begin
  if jsonb_typeof(body -> 'series') is distinct from 'array' then
    raise exception 'body: must be an object with an array series' using errcode = 'invalid_parameter_value';
  end if;
  given := array(select w from _noetl.written_series(body -> 'series', extra) as w);
  faults := array(select s.fault from unnest(given) as s where s.fault is not null order by s.place);
  perform _noetl.count_rejected(s.fault, greatest(1, cardinality(s.vals))) from unnest(given) as s where s.fault is not null;

  select array_agg(s.name order by s.place) as names, array_agg(s.labels order by s.place) as label_sets, array_agg(s.place order by s.place) as places
  into good
  from unnest(given) as s
  where s.fault is null and cardinality(s.at_ms) > 0;
  if good.names is not null then
    perform _noetl.import_lines(array_agg(p.line_id order by p.place, p.nth), array_agg(p.ms order by p.place, p.nth), array_agg(p.val order by p.place, p.nth))
    from (
      select k.line_id, s.place, u.nth, u.ms, u.val
      from unnest(good.places, _noetl.imported_lines(good.names, good.label_sets)) as k (place, line_id)
      join unnest(given) as s on s.place = k.place
      cross join lateral unnest(s.at_ms, s.vals) with ordinality as u (ms, val, nth)
    ) as p;
  end if;
  if faults = '{}' then
    return null;
  end if;
  return row(400, null, faults[1] || case when cardinality(faults) > 1 then format(' (and %s others; the rest is stored)', cardinality(faults) - 1) else ' (the rest is stored)' end)::_noetl.answer;
end
$$;

comment on function noetl.remote_write(jsonb, jsonb) is
  'Stores what a remote write 1.0 of Prometheus brings in the archive: body is {"series": [{"labels": {"__name__", …}, "times": [milliseconds since 1970], "values": [numbers, or null for a stale marker]}]}. In any order, from 1970 to 10 minutes from now; repeated samples are stored once, of two values for one time the later one counts. A series that breaks a rule is left out and the others are stored; then the answer is 400, which no sender repeats, and says why. parameters: {"extra_label": ["tenant=a"]} are labels that every series gets, whatever it says of them.';

create or replace function _noetl.remote_write()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"remoteWrite": "POST /api/v1/write"},
  "tag": "metrics",
  "right": "writer",
  "summary": "Store what a Prometheus, an agent or vmagent sends by remote write 1.0 in the archive.",
  "arguments": ["body", "form"],
  "tolerant": false,
  "takes": {"application/x-protobuf": "write_request"},
  "limit": 33554432,
  "status": 204,
  "query": {
    "extra_label": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}], "description": "A label that every series gets, name=value; may be repeated.", "examples": ["tenant=a"]}
  },
  "body": {
    "type": "string",
    "format": "binary",
    "description": "prometheus.WriteRequest, packed by snappy (a block), gzip, or not at all; metadata is passed over.",
    "examples": [""]
  },
  "failures": {"415": "Remote write 2.0, or packed by anything else."}
}$$::_noetl.endpoint_definition;

comment on function _noetl.remote_write() is 'Where noetl.remote_write() is called over HTTP: POST /api/v1/write.';
