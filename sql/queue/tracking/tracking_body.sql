create or replace function _noetl.tracking_body(queue_id integer, changed text, ended text)
returns text
language sql
immutable
parallel safe
return format($body$declare
  deltas _noetl.queue_delta[];
  ended jsonb;
begin
  -- What this does not understand, after an upgrade of the library say, must not fail the statement of the user. Only
  -- what reads is guarded: a subtransaction that writes nothing has no id and costs next to nothing.
  begin
    select array_agg(row(d.state::_noetl.job_state, d.member, _noetl.counted_from(d.state::_noetl.job_state, d.due), d.jobs)::_noetl.queue_delta) into deltas
    from (
      select c.state, c.member, c.due, sum(c.jobs) as jobs
      from (
%2$s
      ) as c
      group by c.state, c.member, c.due
      having sum(c.jobs) <> 0
    ) as d
    where d.state is not null;%3$s
  exception when others then
    insert into _noetl.queue_fault (queue_id, error) values (%1$s, tg_op || ' of ' || tg_relid::regclass || ': ' || sqlerrm);
    return null;
  end;
  insert into _noetl.queue_change (queue_id, state, member, due, jobs)
  select %1$s, d.state, d.member, d.due, d.jobs from unnest(deltas) as d;%4$s
  return null;
end$body$,
  queue_id,
  changed,
  case when ended is not null then format(e'\n    select jsonb_agg(to_jsonb(e)) into ended from (%s) as e;', ended) end,
  case when ended is not null then format($body$
  if ended is not null then
    begin
      perform _noetl.record_outcomes(q, ended) from _noetl.queue as q where q.queue_id = %s;
    exception when others then
      raise warning 'how jobs of %% ended is not recorded: %%', tg_relid::regclass, sqlerrm;
    end;
  end if;$body$, queue_id) end);

comment on function _noetl.tracking_body(integer, text, text) is
  'The body of a trigger function that appends by how much one statement changed a queue, and records how jobs ended that leave no trace; changed and ended: the queries for both, ended null: none do.';
