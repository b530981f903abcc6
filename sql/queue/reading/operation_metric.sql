create or replace function _noetl.operation_metric(queue _noetl.queue, ending text)
returns text
language sql
stable
parallel safe
return case when (queue).options ->> 'operation' is not null then (queue).prefix || '_' || _noetl.operation_label(queue) || ending end;

comment on function _noetl.operation_metric(_noetl.queue, text) is
  'The name of a prefixed metric about operations, such as xyn_blueprint_duration_seconds; null: the queue has no prefix or no operations.';
