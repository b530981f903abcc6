create or replace function _noetl.promql_duration(tokens text[], starts integer[], at integer)
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  token text := tokens[at];
  part text[] := regexp_match(token,
    '^(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?$');
  unknown text := substring(token from '^[0-9]+[a-z]+([a-z]+)');
  seconds numeric;
begin
  if part is null then
    select u.unit[1] into unknown
    from regexp_matches(token, '[^0-9]+', 'g') as u (unit)
    where u.unit[1] not in ('y', 'w', 'd', 'h', 'm', 's', 'ms')
    limit 1;
    perform _noetl.raise_promql(tokens[0], starts[at], case
      when unknown is null or unknown like '%.%' then format('not a valid duration string: %s', _noetl.go_quoted(token))
      else format('unknown unit %s in duration %s', _noetl.go_quoted(unknown), _noetl.go_quoted(token))
    end);
  end if;
  seconds := coalesce(part[1]::numeric, 0) * 31536000 + coalesce(part[2]::numeric, 0) * 604800 + coalesce(part[3]::numeric, 0) * 86400
    + coalesce(part[4]::numeric, 0) * 3600 + coalesce(part[5]::numeric, 0) * 60 + coalesce(part[6]::numeric, 0)
    + coalesce(part[7]::numeric, 0) / 1000;
  if seconds >= 9223372036.854775808 then
    perform _noetl.raise_promql(tokens[0], starts[at], 'duration out of range');
  end if;
  return seconds;
end
$$;

comment on function _noetl.promql_duration(text[], integer[], integer) is
  'A duration of PromQL, the token at a place, in seconds: 1h30m. What Prometheus refuses is an error (NP001) in its words.';
