create or replace function _noetl.duration_seconds(duration text)
returns numeric
language sql
immutable
parallel safe
begin atomic
  select
    coalesce(d.part[1]::numeric, 0) * 31536000 + coalesce(d.part[2]::numeric, 0) * 604800 + coalesce(d.part[3]::numeric, 0) * 86400
      + coalesce(d.part[4]::numeric, 0) * 3600 + coalesce(d.part[5]::numeric, 0) * 60 + coalesce(d.part[6]::numeric, 0)
      + coalesce(d.part[7]::numeric, 0) / 1000
  from regexp_match(
    nullif(duration, ''), '^(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?$') as d (part)
  where d.part is not null;
end;

comment on function _noetl.duration_seconds(text) is 'A duration as Prometheus writes it, 1h30m or 500ms, in seconds; null: it is none.';
