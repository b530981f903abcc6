create or replace function _noetl.sample_page(form regproc, condition text, filter jsonb, most integer)
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  since timestamptz := _noetl.given_time('start_time', filter ->> 'start_time');
  until timestamptz := _noetl.given_time('end_time', filter ->> 'end_time');
  cursor_time timestamptz := _noetl.cursor_time(filter ->> 'cursor');
  start timestamptz := _noetl.page_start(condition, filter, since, until, cursor_time, most);
  answer jsonb;
begin
  execute format(
    $query$
      with page as (
        select s from noetl.sample as s where %s order by s."timestamp" desc, s.metric_id desc limit $5
      )
      select jsonb_build_object(
        'metrics', coalesce(jsonb_agg(%s(p.s, r) order by (p.s)."timestamp" desc, (p.s).metric_id desc), '[]'),
        'next_cursor', case when count(*) = $5 then
          (array_agg(_noetl.cursor((p.s)."timestamp", (p.s).metric_id) order by (p.s)."timestamp", (p.s).metric_id))[1] end)
      from page as p
      join noetl.runtime as r on r.runtime_id = (p.s).runtime_id
    $query$, concat(condition, case when start is not null then ' and s."timestamp" >= $6' end), form)
  into answer
  using filter, since, until, cursor_time, most, start;
  return answer;
end
$$;

comment on function _noetl.sample_page(regproc, text, jsonb, integer) is
  'Stored samples that meet a condition of _noetl.sample_condition(), the latest first and at most so many, as {metrics: [...], next_cursor}, each written by form: _noetl.sample_json or _noetl.operational_json.';
