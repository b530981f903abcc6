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
  -- escaped in JSON, a text may be longer
  room bigint := _noetl.integer_setting('answer_bytes') / 2;
  answer jsonb[] := array[]::jsonb[];
  next_cursor text;
  body jsonb;
  place text;
begin
  -- one after another, so that no more is read than has room
  for body, place in execute format(
    $query$
      with page as (
        select s from noetl.sample as s where %s order by s."timestamp" desc, s.metric_id desc limit $5
      )
      select %s(p.s, r) as body, _noetl.cursor((p.s)."timestamp", (p.s).metric_id) as cursor
      from page as p
      join noetl.runtime as r on r.runtime_id = (p.s).runtime_id
      order by (p.s)."timestamp" desc, (p.s).metric_id desc
    $query$, concat(condition, case when start is not null then ' and s."timestamp" >= $6' end), form)
  using filter, since, until, cursor_time, most, start
  loop
    room := room - octet_length(body::text);
    if room < 0 and answer <> '{}' then
      return jsonb_build_object('metrics', to_jsonb(answer), 'next_cursor', next_cursor);
    end if;
    answer := answer || body;
    next_cursor := place;
  end loop;
  return jsonb_build_object('metrics', to_jsonb(answer), 'next_cursor', case when cardinality(answer) = most then next_cursor end);
end
$$;

comment on function _noetl.sample_page(regproc, text, jsonb, integer) is
  'Stored samples that meet a condition of _noetl.sample_condition(), the latest first, at most so many and at most half the bytes of the setting answer_bytes, as {metrics: [...], next_cursor}, each written by form: _noetl.sample_json or _noetl.operational_json.';
