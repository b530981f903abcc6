create or replace function _noetl.parsed_duration(duration text)
returns interval
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  seconds numeric := _noetl.duration_seconds(duration);
begin
  if seconds is null then
    raise exception 'not a valid duration string: "%"', duration;
  end if;
  return make_interval(secs => seconds);
end
$$;

comment on function _noetl.parsed_duration(text) is 'A duration as Prometheus writes it, 1h30m or 500ms, as an interval of seconds. The inverse of _noetl.prometheus_duration(interval).';
