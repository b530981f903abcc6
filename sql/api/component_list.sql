create or replace function noetl.component_list()
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object('components', coalesce(jsonb_agg(
    to_jsonb(c) || jsonb_build_object(
      'base_url', r.base_url,
      'labels', r.labels,
      'registered_at', _noetl.iso_time(c.registered_at),
      'last_heartbeat', _noetl.iso_time(c.last_heartbeat),
      'last_report', _noetl.iso_time(u.last_report),
      'samples', coalesce(u.samples, 0))
    order by c.component_type, c.name), '[]'))
  from noetl.component as c
  join noetl.runtime as r using (runtime_id)
  left join _noetl.component_usage as u using (runtime_id);
end;

comment on function noetl.component_list() is
  'noetl.component as {components: [...]}, each with its last_report (null: it has never reported) and samples, as in _noetl.component_usage.';
