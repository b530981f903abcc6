create or replace function _noetl.compile_rule(wanted _noetl.rule)
returns _noetl.rule_state
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  state _noetl.rule_state;
begin
  select s.* into state from _noetl.rule_state as s where s.rule = wanted.rule;
  if state.tree is not null and state.expression = wanted.expression and state.texts = wanted.texts then
    return state;
  end if;
  insert into _noetl.rule_state as s (rule, expression, texts, tree, templates)
  values (
    wanted.rule, wanted.expression, wanted.texts, noetl.parse_promql(wanted.expression),
    (
      select jsonb_object_agg(t.key, (select coalesce(jsonb_object_agg(e.key, _noetl.parse_template(e.value)), '{}') from jsonb_each_text(t.value) as e))
      from jsonb_each(wanted.texts) as t
    ))
  on conflict on constraint rule_state_pkey do update set
    expression = excluded.expression, texts = excluded.texts, tree = excluded.tree, templates = excluded.templates
  returning * into state;
  return state;
end
$$;

comment on function _noetl.compile_rule(_noetl.rule) is 'The state of a rule, with its expression and templates parsed; they are parsed once, and again when they have changed.';
