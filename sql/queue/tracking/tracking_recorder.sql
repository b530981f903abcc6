create or replace function _noetl.tracking_recorder(queue _noetl.queue, role oid)
returns text
language sql
stable
parallel safe
return format($sql$create or replace function _noetl_track.queue_%1$s_record(
  states text[], members text[], dues timestamptz[], counts bigint[], ended jsonb, error text)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $body$
begin
  if error is not null then
    insert into _noetl.queue_fault (queue_id, error) values (%1$s, left(error, 1000));
    return;
  end if;
  insert into _noetl.queue_change (queue_id, state, member, due, jobs)
  select %1$s, d.state::_noetl.job_state, d.member, _noetl.counted_from(d.state::_noetl.job_state, d.due), sum(d.jobs)::bigint
  from unnest(states, members, dues, counts) as d (state, member, due, jobs)
  group by d.state, d.member, 4
  having sum(d.jobs) <> 0;
  if ended is not null then
    begin
      perform _noetl.record_outcomes(q, ended) from _noetl.queue as q where q.queue_id = %1$s;
    exception when others then
      raise warning 'how jobs ended is not recorded: %%', sqlerrm;
    end;
  end if;
end
$body$;
comment on function _noetl_track.queue_%1$s_record is %2$L;
revoke all on function _noetl_track.queue_%1$s_record from public;
grant execute on function _noetl_track.queue_%1$s_record to %3$s;
grant usage on schema _noetl_track to %3$s$sql$,
  (queue).queue_id,
  format('Appends by how much a statement changed queue %s, as the trigger functions say that %s owns. All that it can say is about this queue.',
    (queue).name, role::regrole),
  role::regrole);

comment on function _noetl.tracking_recorder(_noetl.queue, oid) is
  'The function by which trigger functions with the rights of a table''s owner write what a statement changed, as text; see _noetl.foreign_tracking_body().';
