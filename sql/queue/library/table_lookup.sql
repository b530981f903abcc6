create or replace function _noetl.table_lookup(queue _noetl.queue)
returns jsonb
language sql
stable
parallel safe
return jsonb_build_object(
  'label', 'c.member',
  'oldest_ready', format('least(%s)', _noetl.first_in_table(queue, case when (queue).options ->> 'run_at' is null then 'queued_at' else 'run_at' end, 'ready_status', 'due')),
  'oldest_queued', format('least(%s)', _noetl.first_in_table(queue, case when (queue).options ->> 'queued_at' is null then 'run_at' else 'queued_at' end, 'ready_status', 'ready')),
  'oldest_running', format('least(%s)', _noetl.first_in_table(queue, 'started_at', 'running_status', null)),
  'first_expired', format('least(%s)', _noetl.first_in_table(queue, 'lease_expires_at', 'running_status', 'expired')),
  'next_expiring', format('least(%s)', _noetl.first_in_table(queue, 'lease_expires_at', 'running_status', 'leased')));

comment on function _noetl.table_lookup(_noetl.queue) is 'How counts of a queue of one''s own are read. See _noetl.tracking_lookup(_noetl.queue).';
