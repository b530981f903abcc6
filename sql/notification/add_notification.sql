create or replace function noetl.add_notification(
  name text,
  kind text,
  target text,
  matchers text default '',
  group_by text[] default null,
  group_wait interval default null,
  group_interval interval default null,
  repeat_interval interval default null,
  send_resolved boolean default true,
  headers jsonb default '{}',
  timeout interval default '10 seconds'
)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  parsed jsonb := '[]'::jsonb;
  fault text;
begin
  begin
    parsed := _noetl.selector_matchers(add_notification.matchers);
  exception
    when others then
      fault := 'matchers: ' || sqlerrm;
  end;
  fault := coalesce(fault, _noetl.notification_fault(add_notification.name, add_notification.kind, add_notification.target, add_notification.headers), case
    when add_notification.group_wait < interval '0' then 'group_wait: must not be negative'
    when add_notification.group_interval <= interval '0' then 'group_interval: must be longer than zero'
    when add_notification.repeat_interval <= interval '0' then 'repeat_interval: must be longer than zero'
    when (add_notification.timeout between interval '100 milliseconds' and interval '1 minute') is not true then 'timeout: must be between 100 milliseconds and a minute'
  end);
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1);
  end if;
  perform noetl.declare_metric('noetl_notifications_total', 'counter', 'Notifications by target and outcome (sent, failed).', per_component => false);
  perform noetl.declare_metric('noetl_notification_lag_seconds', 'gauge', 'How long the oldest notification that a target has not taken yet has been due.', 'seconds', per_component => false);
  insert into _noetl.notification_target as t (
    name, kind, target, matchers, group_by, group_wait, group_interval, repeat_interval, send_resolved, headers, timeout)
  values (
    add_notification.name, add_notification.kind, add_notification.target, coalesce(parsed, '[]'),
    coalesce(add_notification.group_by, '{alertname}'), coalesce(add_notification.group_wait, '30 seconds'),
    coalesce(add_notification.group_interval, '5 minutes'), coalesce(add_notification.repeat_interval, '4 hours'),
    add_notification.send_resolved, add_notification.headers, add_notification.timeout)
  on conflict on constraint notification_target_pkey do update set
    kind = excluded.kind, target = excluded.target, matchers = excluded.matchers, group_by = excluded.group_by, group_wait = excluded.group_wait,
    group_interval = excluded.group_interval, repeat_interval = excluded.repeat_interval, send_resolved = excluded.send_resolved,
    headers = excluded.headers, timeout = excluded.timeout, enabled = true;
  -- groups by other labels are other groups
  delete from _noetl.notification_group as g
  where g.target = add_notification.name
    and not (g.labels = '{}' or array(select jsonb_object_keys(g.labels)) <@ coalesce(add_notification.group_by, '{alertname}'));
end
$$;

comment on function noetl.add_notification(text, text, text, text, text[], interval, interval, interval, boolean, jsonb, interval) is
  'Tells somebody of alerts from now on, or changes how. kind and target: alertmanager, the URL of one (http://host:9093), which is told every minute what fires and once what is resolved; webhook, a URL, which gets Alertmanager''s own payload (version 4); slack, the URL of an incoming webhook, or of anything that takes the same; notify, a channel of LISTEN, which gets a jsonb under 8,000 bytes for each alert that fires or is resolved; sql, a function (jsonb), security definer, which gets the webhook''s payload. matchers: only alerts whose labels fit. The kinds but alertmanager and notify are told of alerts in groups of equal values of group_by (default alertname): group_wait after the first (30 seconds), of changes every group_interval (5 minutes), and again after repeat_interval (4 hours). send_resolved: whether to tell of the end. In target and headers {env:NOETL_SECRET_…} and {file:name} are replaced by the server that delivers, the file in its folder NOETL_SECRETS_DIR, so that no secret is in the database. Inverse: noetl.drop_notification(text).';
