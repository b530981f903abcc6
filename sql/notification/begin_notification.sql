create or replace function _noetl.begin_notification(target text, group_labels jsonb)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  told _noetl.notification_due;
  receiver _noetl.notification_target;
  payload jsonb;
begin
  select t.* into receiver from _noetl.notification_target as t where t.name = begin_notification.target and t.enabled;
  -- who comes second, or finds another at it, has nothing to do
  perform
  from _noetl.notification_group as g
  where g.target = begin_notification.target and g.labels = group_labels and (g.leased_until > clock_timestamp()) is not true
  for no key update skip locked;
  if not found then
    return null;
  end if;
  select d.* into told from _noetl.notification_due as d where d.target = begin_notification.target and d.labels = group_labels;
  payload := case
    when told.is_news is not true then null
    when receiver.kind = 'alertmanager' then _noetl.alertmanager_payload(begin_notification.target)
    when receiver.kind = 'slack' then _noetl.slack_payload(begin_notification.target, group_labels)
    else _noetl.webhook_payload(begin_notification.target, group_labels)
  end;
  if payload is null then
    return null;
  end if;
  update _noetl.notification_group as g set leased_until = clock_timestamp() + receiver.timeout + interval '5 seconds'
  where g.target = begin_notification.target and g.labels = group_labels;
  return jsonb_build_object(
    'kind', receiver.kind,
    'target', case
      when receiver.kind <> 'alertmanager' or receiver.target ~ '/api/v2/alerts/?$' then receiver.target
      else rtrim(receiver.target, '/') || '/api/v2/alerts'
    end,
    'headers', receiver.headers,
    'timeout', (extract(epoch from receiver.timeout) * 1000)::integer,
    'body', payload,
    'firing', told.firing,
    'resolved', told.resolved);
end
$$;

comment on function _noetl.begin_notification(text, jsonb) is
  'What a job has to send a target of a group now: {"kind", "target", "headers", "timeout" in milliseconds, "body", "firing", "resolved"}, and reserves the group for it until the timeout has passed, so that several servers send it once. How it went belongs into _noetl.end_notification(). Null: there is nothing to tell any more, or another is at it.';
