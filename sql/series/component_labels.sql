create or replace function _noetl.component_labels(
  runtime_id bigint, component text, component_type text, page_labels jsonb, per_component boolean)
returns jsonb
language sql
immutable
parallel safe
return case
  when page_labels is not null then page_labels
  when runtime_id = 0 or not per_component then '{}'::jsonb
  else jsonb_build_object('component', component, 'component_type', component_type)
end;

comment on function _noetl.component_labels(bigint, text, text, jsonb, boolean) is
  'The labels that tell one component''s samples from another''s: none for the default component and for shared families, a pushed group''s own for its.';
