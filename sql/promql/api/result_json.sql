create or replace function _noetl.result_json(tree jsonb, since timestamptz, until timestamptz, step interval, expression text, most integer)
returns setof text
language sql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
begin atomic
  -- a piece a series, made when it is taken: whole answers may be larger than memory
  with result as (
    select r.kind, r.labels, r.at_ms, r.vals, r.message, r.place
    from _noetl.evaluate_promql(tree, since, until, step, expression) with ordinality as r (kind, labels, at_ms, vals, message, place)
  ),
  step as materialized (
    select '[' || _noetl.json_time(round(extract(epoch from since) * 1000)::bigint + s.nth * round(extract(epoch from step) * 1000)::bigint) || ',"' as begun, s.nth
    from generate_series(0, floor(extract(epoch from until - since) / extract(epoch from step))::bigint) as s (nth)
    where step is not null
  ),
  head as materialized (
    select
      format('{"status":"success","data":{"resultType":"%s","result":', case when step is null then tree ->> 'returns' else 'matrix' end) as begun,
      array(select s.begun from step as s order by s.nth) as steps,
      (select string_agg(s.begun, '%s"],' order by s.nth) || '%s"]' from step as s) as template,
      '[' || _noetl.json_time(round(extract(epoch from since) * 1000)::bigint) || ',' as single
  )
  select case when r.place = 1 then h.begun || '[' else ',' end || case
    when step is null and r.at_ms is null then format('{"metric":%s,"value":%s"%s"]}', r.labels, h.single, _noetl.go_float(r.vals[1]))
    else _noetl.json_series(coalesce(r.labels, '{}'), r.at_ms, r.vals, h.template, h.steps)
  end
  from result as r
  cross join head as h
  where (r.kind = 'series' or r.kind = 'scalar' and step is not null) and (most is null or r.place <= most)
  union all
  select concat(
    case
      when step is null and tree ->> 'returns' in ('scalar', 'string') then (
        select h.begun || h.single || case r.kind when 'string' then to_json(r.message)::text else to_json(_noetl.go_float(r.vals[1]))::text end || ']}'
        from result as r where r.place = 1)
      when exists (select from result as r where r.kind in ('series', 'scalar')) then ']}'
      else h.begun || '[]}'
    end,
    ',"warnings":' || nullif((
      select array_to_json(array(
        select r.message from result as r where r.kind = 'warning' union all
        select 'results truncated due to limit' where (select count(*) from result as r where r.kind = 'series') > most))::text), '[]'),
    ',"infos":' || nullif((select array_to_json(array(select r.message from result as r where r.kind = 'info' order by r.place))::text), '[]'),
    '}')
  from head as h;
end;

comment on function _noetl.result_json(jsonb, timestamptz, timestamptz, interval, text, integer) is
  'The pieces of the answer of /api/v1/query (step null) and /api/v1/query_range to an expression, whose tree is given: one for each series. most: so many series at most are told.';
