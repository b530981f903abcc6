create or replace function noetl.query_operational_metrics(filter jsonb default '{}')
returns jsonb
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  most integer := _noetl.check_filter(filter, 1000);
  window_length interval := _noetl.window_length(filter ->> 'time_window');
  sought jsonb := _noetl.operational_filter(filter);
  answer jsonb;
begin
  if window_length is null then
    return _noetl.sample_page('_noetl.operational_json', _noetl.sample_condition(sought) || ' and s.labels ? ''category''', sought, most);
  end if;
  execute format(
    _noetl.operational_windows(),
    _noetl.sample_condition(sought))
  into answer
  using
    sought,
    _noetl.given_time('start_time', filter ->> 'start_time'),
    _noetl.given_time('end_time', filter ->> 'end_time'),
    _noetl.cursor_time(filter ->> 'cursor'),
    most,
    window_length,
    now() - _noetl.interval_setting('retention');
  return answer;
end
$$;

comment on function noetl.query_operational_metrics(jsonb) is
  'Operational metrics, the latest first, as {metrics: [...], next_cursor}. filter: any of metric_type (the category), name, service, start_time (from), end_time (before), limit (1 to 1000; 100), cursor. With time_window, such as 5m, as {time_window, windows: [...]} with count, min, max, avg, sum, p50, p95 and p99 of each name and service in each window, counted from 1970-01-01 UTC. source says what a window was made from: samples while they are there, or the archive, of which a start_time from before the setting retention makes use. Of a gauge it has the scrapes, of a processing time how many there were and their sum, and of neither percentiles (null).';

create or replace function _noetl.query_operational_metrics()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"queryOperationalMetrics": "GET /api/v1/metrics/"},
  "tag": "operational metrics",
  "right": "reader",
  "summary": "Operational metrics, the latest first, or what they come to in each time window.",
  "arguments": ["query"],
  "query": {
    "$ref": "timeRange",
    "metric_type": {"$ref": "category"},
    "name": {"type": "string", "examples": ["download_seconds"]},
    "service": {"type": "string", "examples": ["crawler"]},
    "time_window": {"type": "string", "pattern": "^[1-9]\\d{0,5}[smhdw]$", "examples": ["5m"]},
    "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
  },
  "answer": {
    "anyOf": [
      {
        "$ref": "samples",
        "properties": {
          "metrics": {"type": "array", "items": {"$ref": "storedOperational"}},
          "next_cursor": {"type": ["string", "null"], "description": "For the next page; null: this is the last."}
        }
      },
      {
        "type": "object",
        "properties": {
          "time_window": {"type": "string"},
          "windows": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "window_start": {"type": "string", "format": "date-time", "description": "The first moment of the window."},
                "window_end": {"type": "string", "format": "date-time", "description": "The first moment after it."},
                "metric_type": {"type": "string"},
                "name": {"type": "string"},
                "service": {"type": ["string", "null"]},
                "unit": {"type": ["string", "null"]},
                "count": {"type": "integer"},
                "source": {"enum": ["samples", "archive"], "description": "What it was made from: samples, or what the archive keeps of them."},
                "min": {"anyOf": [{"$ref": "storedValue"}, {"type": "null"}], "description": "Null: the archive has only how many observations there were, and their sum."},
                "max": {"anyOf": [{"$ref": "storedValue"}, {"type": "null"}], "description": "As min."},
                "avg": {"$ref": "storedValue"},
                "sum": {"$ref": "storedValue"},
                "p50": {
                  "anyOf": [{"$ref": "storedValue"}, {"type": "null"}],
                  "description": "Null: made from the archive."
                },
                "p95": {
                  "anyOf": [{"$ref": "storedValue"}, {"type": "null"}],
                  "description": "Null: made from the archive."
                },
                "p99": {
                  "anyOf": [{"$ref": "storedValue"}, {"type": "null"}],
                  "description": "Null: made from the archive."
                }
              },
              "required": "*"
            }
          }
        },
        "required": "*"
      }
    ]
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.query_operational_metrics() is 'Where noetl.query_operational_metrics() is called over HTTP: GET /api/v1/metrics/.';
