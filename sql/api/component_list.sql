create or replace function _noetl.component_list()
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
      'last_report', _noetl.iso_time(greatest(m.last_report, d.last_report)),
      'samples', coalesce(m.samples, 0))
    order by c.component_type, c.name), '[]'))
  from noetl.component as c
  join noetl.runtime as r using (runtime_id)
  left join (
    select s.runtime_id, max(s.created_at) as last_report, count(*) as samples
    from noetl.metric as s
    where s.expires_at > now()
    group by s.runtime_id
  ) as m using (runtime_id)
  left join (
    select s.runtime_id, max(s.at) as last_report from _noetl.state as s group by s.runtime_id
  ) as d using (runtime_id);
end;

comment on function _noetl.component_list() is
  'noetl.component as {components: [...]}, each with its last_report (null: none is known) and how many samples of it have not expired. Counts them, so it reads all of noetl.metric.';
