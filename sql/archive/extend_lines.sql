create or replace function _noetl.extend_lines(line_ids integer[], since timestamptz[], until timestamptz[])
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  -- in one order, so that two who import the same lines do not wait for each other for ever
  perform from _noetl.line as l
  join unnest(line_ids, since, until) as e (line_id, since, until) on e.line_id = l.line_id
  where e.since < l.first_at or e.until > l.last_at
  order by l.line_id
  for no key update of l;
  update _noetl.line as l
  set first_at = least(l.first_at, e.since), last_at = greatest(l.last_at, e.until)
  from unnest(line_ids, since, until) as e (line_id, since, until)
  where e.line_id = l.line_id and (e.since < l.first_at or e.until > l.last_at);
end
$$;

comment on function _noetl.extend_lines(integer[], timestamptz[], timestamptz[]) is
  'Sees to it that first_at and last_at of lines enclose samples that were stored from since to until.';
