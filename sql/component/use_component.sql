create or replace function noetl.use_component(name text, component_type text, transaction_only boolean default false)
returns bigint
language sql
volatile
parallel unsafe
begin atomic
  select r.runtime_id
  from (select _noetl.put_component(use_component.name, use_component.component_type, by_admin => _noetl.is_admin()) as runtime_id) as r
  where set_config('noetl.runtime_id', r.runtime_id::text, transaction_only) is not null;
end;

comment on function noetl.use_component(text, text, boolean) is
  'Registers a component and makes it this session''s: samples and events that name no runtime_id are then its own. transaction_only: for this transaction, which is what belongs behind a pooler that lends sessions by transaction: there the setting of a session is left to whoever comes next. Returns the runtime_id. Inverse: reset noetl.runtime_id.';
