create or replace function _noetl.writing_component(runtime_id bigint)
returns bigint
language sql
stable
parallel safe
return coalesce(runtime_id, nullif(current_setting('noetl.runtime_id', true), '')::bigint, 0);

comment on function _noetl.writing_component(bigint) is
  'Whose samples and events those are that name this component; null: those of the session setting noetl.runtime_id, else of the default component.';
