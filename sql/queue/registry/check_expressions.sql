create or replace function _noetl.check_expressions(relation regclass, caller name, given jsonb)
returns void
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  owner regrole := (select c.relowner from pg_class as c where c.oid = relation);
  expression record;
begin
  for expression in
    select e.key as name, e.value as sql
    from jsonb_each_text(given) as e
    where e.key not in ('ready_status', 'running_status', 'failed_status', 'finished_status', 'time_zone') and not _noetl.has_column(relation, e.value)
    order by e.key
  loop
    if not _noetl.is_trusted(caller::regrole) and not pg_has_role(caller, owner, 'usage') then
      raise exception '%: an expression would run with the rights of %, the owner of %, which % does not have', expression.name, owner, relation, caller
        using errcode = 'insufficient_privilege', hint = format('Name a column, or let %s register the queue.', owner);
    elsif regexp_replace(expression.sql, '''[^'']*''', '', 'g') ~* '\m(select|table|values)\M' then
      raise exception '%: % reads more than the row', expression.name, expression.sql
        using errcode = 'invalid_parameter_value', hint = 'What a job is must depend on its row alone.';
    end if;
  end loop;
end
$$;

comment on function _noetl.check_expressions(regclass, name, jsonb) is
  'Raises an error that names the option if one is an expression that the caller may not have run, or that reads other tables.';
