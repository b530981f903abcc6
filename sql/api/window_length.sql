create or replace function _noetl.window_length(given text)
returns interval
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if given is null then
    return null;
  end if;
  if given !~ '^[1-9]\d{0,5}(s|m|h|d|w)$' then
    raise exception 'time_window: must be a number and s, m, h, d or w, such as 5m' using errcode = 'invalid_parameter_value';
  end if;
  return make_interval(secs => left(given, -1)::integer
    * case right(given, 1) when 's' then 1 when 'm' then 60 when 'h' then 3600 when 'd' then 86400 else 604800 end);
end
$$;

comment on function _noetl.window_length(text) is 'The length of a window written as 30s, 5m, 1h, 1d or 2w; null: none is given.';
