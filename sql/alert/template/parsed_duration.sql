create or replace function _noetl.parsed_duration(duration text)
returns interval
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  part text[] := regexp_match(duration, '^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$');
begin
  if part is null or duration = '' then
    raise exception 'not a valid duration string: "%"', duration;
  end if;
  return make_interval(secs => coalesce(part[1]::numeric, 0) * 31536000 + coalesce(part[2]::numeric, 0) * 604800 + coalesce(part[3]::numeric, 0) * 86400
    + coalesce(part[4]::numeric, 0) * 3600 + coalesce(part[5]::numeric, 0) * 60 + coalesce(part[6]::numeric, 0) + coalesce(part[7]::numeric, 0) / 1000);
end
$$;

comment on function _noetl.parsed_duration(text) is 'A duration as Prometheus writes it, 1h30m or 500ms, as an interval of seconds. The inverse of _noetl.prometheus_duration(interval).';
