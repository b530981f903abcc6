create or replace function _noetl.foreign_tracking_body(queue_id integer, changed text, ended text)
returns text
language sql
immutable
parallel safe
return format($body$declare
  states text[];
  members text[];
  dues timestamptz[];
  counts bigint[];
  ended jsonb;
begin
  begin
    select array_agg(d.state), array_agg(d.member), array_agg(d.due), array_agg(d.jobs) into states, members, dues, counts
    from (
      select c.state, c.member, c.due, sum(c.jobs)::bigint as jobs
      from (
%2$s
      ) as c
      group by c.state, c.member, c.due
      having sum(c.jobs) <> 0
    ) as d
    where d.state is not null;%3$s
  exception when others then
    perform _noetl_track.queue_%1$s_record(null, null, null, null, null, tg_op || ' of ' || tg_relid::regstate || ': ' || sqlerrm);
    return null;
  end;
  perform _noetl_track.queue_%1$s_record(states, members, dues, counts, ended, null);
  return null;
end$body$,
  queue_id,
  changed,
  case when ended is not null then format(e'\n    select jsonb_agg(to_jsonb(e)) into ended from (%s) as e;', ended) end);

comment on function _noetl.foreign_tracking_body(integer, text, text) is
  'As _noetl.tracking_body(), for a table whose owner the installation''s owner does not trust: the function is the table owner''s and reads the rows with his rights; _noetl.tracking_recorder() writes.';
