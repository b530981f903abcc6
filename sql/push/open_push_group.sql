create or replace function _noetl.open_push_group(group_labels jsonb)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  id bigint := (
    select r.runtime_id from noetl.runtime as r where r.runtime_id = _noetl.push_group_id(group_labels) and r.status <> 'offline');
begin
  if id is null then
    insert into noetl.runtime as r (name, component_type, labels, page_labels, keeps_values)
    values (_noetl.rendered_labels(group_labels), 'push_group', group_labels, jsonb_build_object('instance', '') || group_labels, true)
    on conflict on constraint runtime_is_one_per_type_and_name do update set
      status = 'ready', labels = excluded.labels, page_labels = excluded.page_labels, keeps_values = true, updated_at = clock_timestamp()
    returning r.runtime_id into id;
  end if;
  return id;
end
$$;

comment on function _noetl.open_push_group(jsonb) is
  'The component that stands for a pushed group, made or brought back if need be. An empty instance keeps a scraper with honor_labels from filling in its own. The caller holds the group''s lock.';
