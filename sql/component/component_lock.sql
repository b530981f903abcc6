create or replace function _noetl.component_lock(runtime_id bigint default null)
returns integer
language sql
immutable
parallel safe
return case when runtime_id is null then 1852797044 else (runtime_id % 64)::integer end;

comment on function _noetl.component_lock(bigint) is
  'The two keys of the advisory lock that writers of a component''s samples share and its deleter excludes; 64 locks serve all components, so that no transaction fills the lock table.';
