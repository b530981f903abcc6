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
      ),
      written as (
        select (p.s)."timestamp", (p.s).metric_id, %s(p.s, r) as entry
        from page as p
        join noetl.runtime as r on r.runtime_id = (p.s).runtime_id
      ),
      -- a page ends where it would be too long, but has at least one sample
      counted as (
        select w.*, sum(octet_length(w.entry::text)) over (order by w."timestamp" desc, w.metric_id desc) - octet_length(w.entry::text) as before
        from written as w
      )
      select jsonb_build_object(
        'metrics', coalesce(jsonb_agg(c.entry order by c."timestamp" desc, c.metric_id desc) filter (where c.before < $7), '[]'),
        'next_cursor', case when count(*) = $5 or bool_or(c.before >= $7) then
          (array_agg(_noetl.cursor(c."timestamp", c.metric_id) order by c."timestamp", c.metric_id) filter (where c.before < $7))[1] end)
      from counted as c
    $query$, concat(condition, case when start is not null then ' and s."timestamp" >= $6' end), form)
  into answer
  using filter, since, until, cursor_time, most, start, _noetl.integer_setting('answer_bytes') / 2;
  return answer;
end
$$;

comment on function _noetl.sample_page(regproc, text, jsonb, integer) is
  'Stored samples that meet a condition of _noetl.sample_condition(), the latest first, at most so many and of at most half the setting answer_bytes, as {metrics: [...], next_cursor}, each written by form: _noetl.sample_json or _noetl.operational_json.';
