create or replace function _noetl.promql_duration(tokens text[], starts integer[], at integer)
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  token text := tokens[at];
  unknown text := substring(token from '^[0-9]+[a-z]+([a-z]+)');
  seconds numeric := _noetl.duration_seconds(token);
begin
  if seconds is null then
    select u.unit[1] into unknown
    from regexp_matches(token, '[^0-9]+', 'g') as u (unit)
    where u.unit[1] not in ('y', 'w', 'd', 'h', 'm', 's', 'ms')
    limit 1;
    perform _noetl.raise_promql(tokens[0], starts[at], case
      when unknown is null or unknown like '%.%' then format('not a valid duration string: %s', _noetl.go_quoted(token))
      else format('unknown unit %s in duration %s', _noetl.go_quoted(unknown), _noetl.go_quoted(token))
    end);
  end if;
  if seconds >= 9223372036.854775808 then
    perform _noetl.raise_promql(tokens[0], starts[at], 'duration out of range');
  end if;
  return seconds;
end
$$;

comment on function _noetl.promql_duration(text[], integer[], integer) is
  'A duration of PromQL, the token at a place, in seconds: 1h30m. What Prometheus refuses is an error (NP001) in its words.';
