create or replace function _noetl.foreign_tracking_body(queue _noetl.queue, source _noetl.tracking_source, operation text)
returns text
language sql
immutable
parallel safe
return format($body$declare
  classes "char"[];
  members text[];
  dues timestamptz[];
  counts bigint[];
  ended jsonb;
begin
  begin
    select array_agg(d.class), array_agg(d.member), array_agg(d.due), array_agg(d.jobs) into classes, members, dues, counts
    from (
      select c.class, c.member, c.due, sum(c.jobs)::bigint as jobs
      from (
%2$s
      ) as c
      group by c.class, c.member, c.due
      having sum(c.jobs) <> 0
    ) as d
    where d.class is not null;%3$s
  exception when others then
    perform _noetl_track.queue_%1$s_record(null, null, null, null, null, tg_op || ' of ' || tg_relid::regclass || ': ' || sqlerrm);
    return null;
  end;
  perform _noetl_track.queue_%1$s_record(classes, members, dues, counts, ended, null);
  return null;
end$body$,
  (queue).queue_id,
  concat_ws(e'\nunion all\n',
    case when operation <> 'insert' then _noetl.classified_rows(source, 'old_jobs', -1) end,
    case when operation <> 'delete' then _noetl.classified_rows(source, 'new_jobs', 1) end),
  case when (source).ended ->> operation is not null then
    format(e'\n    select jsonb_agg(to_jsonb(e)) into ended from (%s) as e;', (source).ended ->> operation) end);

comment on function _noetl.foreign_tracking_body(_noetl.queue, _noetl.tracking_source, text) is
  'As _noetl.tracking_body(), for a table whose owner the installation''s owner does not trust: the function is the table owner''s and reads the rows with his rights; _noetl.tracking_recorder() writes.';
