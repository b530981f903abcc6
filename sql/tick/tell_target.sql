create or replace function _noetl.tell_target(target text, group_labels jsonb)
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  notification jsonb := _noetl.begin_notification(target, group_labels);
  failure text;
begin
  if notification is null then
    return null;
  end if;
  begin
    perform _noetl.call_notification(notification ->> 'target', notification -> 'body');
  exception when others then
    failure := sqlerrm;
  end;
  perform _noetl.end_notification(target, group_labels,
    array(select f::bigint from jsonb_array_elements_text(notification -> 'firing') as f),
    array(select r::bigint from jsonb_array_elements_text(notification -> 'resolved') as r), failure);
  return failure is null;
end
$$;

comment on function _noetl.tell_target(text, jsonb) is
  'Tells a target of kind sql of a group of alerts, which needs no server. False: its function failed, and is called again later. Null: there is nothing to tell, or another is at it.';
