create or replace function _noetl.receive_push(path text, body text, content_type text, ttl text, whole_group boolean)
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
  if ttl !~ '^(?:\d{1,6}(?:y|w|d|h|m|s|ms))+$' then
    raise exception 'ttl: must be a duration such as 90s, 12h or 7d' using errcode = 'invalid_text_representation';
  end if;
  perform noetl.push_metrics(
    group_labels, body, whole_group,
    case when content_type ilike 'application/openmetrics-text%' then 'openmetrics' when content_type ilike '%protobuf%' then 'protobuf' else 'text' end,
    ttl::interval);
  return null;
exception when invalid_parameter_value then
  refusal := sqlerrm;
  perform noetl.push_failed(group_labels);
  return row(400, null, refusal)::_noetl.answer;
end
$$;

comment on function _noetl.receive_push(text, text, text, text, boolean) is
  'noetl.push_metrics() for the group that the path of a request names, /metrics/job/<job>{/<label>/<value>}. What is refused is remembered by noetl.push_failed(), in the same transaction.';
