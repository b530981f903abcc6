create or replace function _noetl.solid_queue_lookup(schema text, options jsonb, lease text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'joins', format('left join %I.solid_queue_pauses as p on p.queue_name = c.member', schema),
    'label', 'c.member',
    'held', 'p.queue_name is not null',
    'oldest_ready', format('case when p.queue_name is null then %s end',
      _noetl.earliest(format('%I.solid_queue_ready_executions', schema), 'created_at', 'j.queue_name = c.member', 'UTC')),
    'oldest_queued', format('(select timezone(''UTC'', j.created_at) from %1$I.solid_queue_jobs as j where j.id = ('
      'select e.job_id from %1$I.solid_queue_ready_executions as e where e.queue_name = c.member order by e.job_id limit 1))', schema),
    'more', _noetl.solid_queue_claims(schema, options));
end;

comment on function _noetl.solid_queue_lookup(text, jsonb, text) is
  'How counts of Solid Queue are read: what waits is kept, what is claimed or has failed is counted, since its tables do not name the queue. See _noetl.tracking_lookup(_noetl.queue).';
