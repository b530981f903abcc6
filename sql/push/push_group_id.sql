create or replace function _noetl.push_group_id(group_labels jsonb)
returns bigint
language sql
stable
parallel safe
begin atomic
  select r.runtime_id
  from noetl.runtime as r
  where r.component_type = 'push_group' and r.name = _noetl.rendered_labels(group_labels) and r.keeps_values;
end;

comment on function _noetl.push_group_id(jsonb) is 'The runtime_id of the component that stands for a pushed group; null: nothing was ever pushed to it.';
