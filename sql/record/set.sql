create or replace function noetl.set(
  name text,
  value double precision,
  labels jsonb default '{}',
  runtime_id bigint default null,
  metadata jsonb default null
)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if value is null then
    raise exception 'value: gauge "%" cannot be set to null', name using errcode = 'check_violation';
  end if;
  perform _noetl.record(runtime_id, 'gauge', name, labels, value, metadata);
end
$$;

comment on function noetl.set(text, double precision, jsonb, bigint, jsonb) is
  'Sets a gauge, in the caller''s transaction; the last value by the clock wins. NaN and infinities are values. Other parameters and errors as in noetl.inc().';
