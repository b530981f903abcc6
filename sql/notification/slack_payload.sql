create or replace function _noetl.slack_payload(target text, group_labels jsonb)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object(
    'text', format('[%s%s] %s',
      upper(p.payload ->> 'status'),
      case when p.payload ->> 'status' = 'firing' then ':' || (select count(*) from jsonb_array_elements(p.payload -> 'alerts') as a where a ->> 'status' = 'firing') else '' end,
      (select string_agg(l.value, ' ' order by l.key collate "C") from jsonb_each_text(group_labels) as l)),
    'attachments', jsonb_build_array(jsonb_build_object(
      'color', case when p.payload ->> 'status' = 'firing' then 'danger' else 'good' end,
      'text', (
        select string_agg(
          format('%s*%s*%s', case a ->> 'status' when 'resolved' then ':white_check_mark: ' else '' end,
            coalesce(a #>> '{annotations,summary}', a #>> '{labels,alertname}'), coalesce(E'\n' || (a #>> '{annotations,description}'), '')), E'\n')
        from (select a from jsonb_array_elements(p.payload -> 'alerts') with ordinality as a (a, place) order by a.place limit 20) as a))))
  from (select _noetl.webhook_payload(target, group_labels) as payload) as p
  where p.payload is not null;
end;

comment on function _noetl.slack_payload(text, jsonb) is
  'What an incoming webhook of Slack is sent of a group of alerts: how many fire, and of the first twenty summary and description. Null: there is nothing to tell any more.';
