create or replace function noetl.import_prometheus(body bytea)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  piece text;
  begun integer := 1;
  ended integer;
  lines bigint := 0;
begin
  -- piece by piece, each to the end of a line, so that no more than that is taken apart at once
  while begun <= length(body) loop
    ended := begun + 4000000;
    while ended < length(body) and get_byte(body, ended - 1) <> 10 loop
      ended := ended + coalesce(nullif(position('\x0a'::bytea in substring(body from ended + 1 for 65536)), 0), 65536);
    end loop;
    begin
      piece := convert_from(substring(body from begun for ended - begun + 1), 'UTF8');
    exception when character_not_in_repertoire or untranslatable_character then
      raise exception 'body: must be UTF-8' using errcode = 'invalid_parameter_value';
    end;
    perform noetl.import_text(piece, lines);
    lines := lines + length(piece) - length(replace(piece, E'\n', ''));
    begun := ended + 1;
  end loop;
end
$$;

comment on function noetl.import_prometheus(bytea) is
  'noetl.import_text() of a text in UTF-8, however long: all of it or, if a line breaks a rule, nothing.';

create or replace function _noetl.import_prometheus()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"importPrometheus": "POST /api/v1/import/prometheus"},
  "tag": "metrics",
  "right": "writer",
  "summary": "Store samples with times of their own in the archive.",
  "arguments": ["body"],
  "takes": {"*/*": "bytes"},
  "limit": 268435456,
  "status": 204,
  "body": {
    "type": "string",
    "description": "Lines of the Prometheus text format with their time in milliseconds since 1970, from then to 10 minutes from now, in any order; comments are passed over. Gzip is unpacked.",
    "examples": ["orders_total{shop=\"a\"} 12 1760000000000\norders_total{shop=\"a\"} 15 1760000015000\n"]
  },
  "failures": {"415": "Compressed by anything but gzip."}
}$$::_noetl.endpoint_definition;

comment on function _noetl.import_prometheus() is 'Where noetl.import_prometheus() is called over HTTP: POST /api/v1/import/prometheus.';
