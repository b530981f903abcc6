create or replace function noetl.set_recording_rule(
  name text,
  expression text,
  labels jsonb default '{}',
  every interval default null,
  rule_group text default null
)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  wanted_group text := coalesce(set_recording_rule.rule_group, 'own' || coalesce(' ' || _noetl.prometheus_duration(set_recording_rule.every), ''));
  fault text := case
    when set_recording_rule.name !~ '^[a-zA-Z_:][a-zA-Z0-9_:]*$' or set_recording_rule.name is null then 'name: must be letters, digits, underscores and colons, and must not begin with a digit'
    when set_recording_rule.name in ('ALERTS', 'ALERTS_FOR_STATE') then 'name: is kept for alerts'
    when set_recording_rule.expression is null then 'expression: must not be null'
    when jsonb_typeof(set_recording_rule.labels) is distinct from 'object' then 'labels: must be an object'
    when set_recording_rule.every < interval '1 second' then 'every: must be a second or more'
    when set_recording_rule.rule_group = '' then 'rule_group: must not be empty'
    when exists (
      select from _noetl.any_family as f
      where f.name = set_recording_rule.name and not exists (select from _noetl.recording_rule as r where r.name = f.name)) then
      format('name: %s is a metric that is reported', set_recording_rule.name)
    else _noetl.rule_fault(set_recording_rule.expression, set_recording_rule.labels, '{}')
  end;
begin
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1);
  end if;
  insert into _noetl.rule_group as g (name, every) values (wanted_group, set_recording_rule.every)
  on conflict on constraint rule_group_pkey do update set every = coalesce(excluded.every, g.every);
  perform noetl.declare_metric(set_recording_rule.name, 'gauge', format('Recorded: %s', set_recording_rule.expression), per_component => false);
  -- shown as rules leave it, and as nothing until they yield something
  update _noetl.family as f set starts_at_zero = true where f.name = set_recording_rule.name;
  insert into _noetl.recording_rule as r (name, labels, rule_group, expression)
  values (set_recording_rule.name, set_recording_rule.labels, wanted_group, set_recording_rule.expression)
  on conflict on constraint recording_rule_pkey do update set
    rule_group = excluded.rule_group, expression = excluded.expression, enabled = true, changed_at = excluded.changed_at;
end
$$;

comment on function noetl.set_recording_rule(text, text, jsonb, interval, text) is
  'Records what an expression yields as a metric of this name, on the page and in the archive: adds a rule, or changes the one of this name and these labels. expression: PromQL that gives an instant vector or a scalar; what does not parse is refused with its position. labels: set on every series; an empty value takes a label off. every: how often; null: after each scrape. rule_group: rules of one group are evaluated in the order in which they were made, each seeing what those before it recorded; null: one of all rules that are evaluated as often. Inverse: noetl.drop_recording_rule(text, jsonb).';
