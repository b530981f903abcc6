create or replace function _noetl.template_call(name text, arguments jsonb, data jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  one jsonb := arguments -> 0;
  two jsonb := arguments -> 1;
  words text := _noetl.template_text(arguments -> 0);
begin
  return case name
    when 'humanize' then to_jsonb(_noetl.humanized(_noetl.template_number(one)))
    when 'humanize1024' then to_jsonb(_noetl.humanized(_noetl.template_number(one), 1024))
    when 'humanizeDuration' then to_jsonb(_noetl.humanized_duration(_noetl.template_number(one)))
    when 'humanizePercentage' then to_jsonb(_noetl.go_general(_noetl.template_number(one) * 100, 4) || '%')
    when 'humanizeTimestamp' then to_jsonb(_noetl.go_time(_noetl.template_number(one)))
    when 'printf' then to_jsonb(_noetl.go_printf(words, arguments - 0))
    when 'print' then to_jsonb((
      -- a blank between two of which neither is a string
      select coalesce(string_agg(case when 'string' not in (jsonb_typeof(a.value), jsonb_typeof(a.before)) then ' ' else '' end || _noetl.template_text(a.value), '' order by a.place), '')
      from (
        select e.value, e.place, lag(e.value, 1, '""') over (order by e.place) as before
        from jsonb_array_elements(arguments) with ordinality as e (value, place)
      ) as a))
    when 'title' then to_jsonb((
      select string_agg(w.part[1] || upper(w.part[2]) || w.part[3], '') from regexp_matches(words, '(\W*)(\w?)(\w*)', 'g') as w (part)))
    when 'toUpper' then to_jsonb(upper(words))
    when 'toLower' then to_jsonb(lower(words))
    when 'stripPort' then to_jsonb(regexp_replace(regexp_replace(words, '^\[(.*)\]:\d+$', '\1'), '^([^:]*):\d*$', '\1'))
    when 'stripDomain' then to_jsonb(case when words ~ '^[\d.]+(:\d+)?$' or words ~ '^\[' then words else regexp_replace(words, '^([^.:]*)\.[^:]*', '\1') end)
    when 'match' then to_jsonb(_noetl.template_text(two) ~ words)
    when 'reReplaceAll' then to_jsonb(regexp_replace(_noetl.template_text(arguments -> 2), words, regexp_replace(_noetl.template_text(two), '\$\{?(\d)\}?', '\\\1', 'g'), 'g'))
    when 'parseDuration' then jsonb_build_array(extract(epoch from _noetl.parsed_duration(words))::text)
    when 'externalURL' then data -> 'externalURL'
    when 'not' then to_jsonb(not _noetl.template_truth(one))
    when 'len' then to_jsonb(case jsonb_typeof(one) when 'object' then (select count(*) from jsonb_object_keys(one)) else octet_length(words) end)
    when 'index' then coalesce(one -> _noetl.template_text(two), '""')
    -- of NaN ne, gt and ge are true: in Go greater is what is not less or equal
    when 'eq' then to_jsonb(exists (
      select from jsonb_array_elements(arguments) with ordinality as a (value, place) where a.place > 1 and _noetl.template_order(one, a.value) = 0))
    when 'ne' then to_jsonb(coalesce(_noetl.template_order(one, two) <> 0, true))
    when 'lt' then to_jsonb(_noetl.template_order(one, two) < 0)
    when 'le' then to_jsonb(_noetl.template_order(one, two) <= 0)
    when 'gt' then to_jsonb(coalesce(_noetl.template_order(one, two) > 0, true))
    when 'ge' then to_jsonb(coalesce(_noetl.template_order(one, two) >= 0, true))
  end;
end
$$;

comment on function _noetl.template_call(text, jsonb, jsonb) is
  'What a function of _noetl.template_function gives for its arguments, as Prometheus documents it. and, or are _noetl.template_value(jsonb, jsonb)''s.';
