create or replace function _noetl.is_pushed(runtime_id bigint)
returns boolean
language sql
stable
parallel safe
begin atomic
  select exists (select from noetl.runtime as r where r.runtime_id = is_pushed.runtime_id and r.keeps_values);
end;

comment on function _noetl.is_pushed(bigint) is 'Whether a component stands for a pushed group.';
