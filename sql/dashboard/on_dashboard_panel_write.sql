create or replace function _noetl.on_dashboard_panel_write()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform noetl.parse_promql(regexp_replace(new.expression, '\$__(rate_interval|interval|range)\M', '1m', 'g'));
  return new;
exception
  when sqlstate 'NP001' then
    raise exception 'expression: %', sqlerrm using errcode = 'invalid_parameter_value', column = 'expression';
end
$$;

create or replace trigger expression_is_promql
before insert or update of expression on noetl.dashboard_panel
for each row execute function _noetl.on_dashboard_panel_write();

comment on function _noetl.on_dashboard_panel_write() is 'Refuses a panel whose expression is no PromQL, with the position of the fault.';
