create or replace function _noetl.receive_push(path text, body text, whole_group boolean)
returns _noetl.answer
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  group_labels jsonb := noetl.push_grouping(regexp_replace(path, '^/metrics/', ''));
  refusal text;
begin
  perform noetl.push_metrics(group_labels, body, whole_group);
  return null;
exception when invalid_parameter_value then
  refusal := sqlerrm;
  perform noetl.push_failed(group_labels);
  return row(400, null, refusal)::_noetl.answer;
end
$$;

comment on function _noetl.receive_push(text, text, boolean) is
  'noetl.push_metrics() for the group that the path of a request names, /metrics/job/<job>{/<label>/<value>}. What is refused is remembered by noetl.push_failed(), in the same transaction.';
