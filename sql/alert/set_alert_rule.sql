create or replace function noetl.set_alert_rule(
  name text,
  expression text default null,
  hold interval default null,
  labels jsonb default null,
  annotations jsonb default null,
  enabled boolean default null,
  keep_firing_for interval default null,
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
  fault text;
begin
  fault := case
    when set_alert_rule.name !~ '^[a-zA-Z_][a-zA-Z0-9_]*$' or set_alert_rule.name is null then 'name: must be letters, digits and underscores, and must not begin with a digit'
    when hold < interval '0' then 'hold: must not be negative'
    when set_alert_rule.keep_firing_for < interval '0' then 'keep_firing_for: must not be negative'
    when jsonb_typeof(set_alert_rule.labels) <> 'object' then 'labels: must be an object'
    when jsonb_typeof(set_alert_rule.annotations) <> 'object' then 'annotations: must be an object'
    when set_alert_rule.rule_group = '' then 'rule_group: must not be empty'
    when set_alert_rule.expression is null and not exists (select from noetl.alert_rule as r where r.name = set_alert_rule.name) then
      format('name: there is no alert rule "%s", and a new one needs an expression', set_alert_rule.name)
    else _noetl.rule_fault(set_alert_rule.expression, set_alert_rule.labels, set_alert_rule.annotations)
  end;
  if fault is not null then
    raise exception '%', fault
      using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1), hint = 'select name, expression from noetl.alert_rule';
  end if;
  insert into _noetl.alert_override as o (name, rule_group, expression, "for", keep_firing_for, labels, annotations, enabled)
  values (
    set_alert_rule.name, set_alert_rule.rule_group, set_alert_rule.expression, hold, set_alert_rule.keep_firing_for,
    set_alert_rule.labels, set_alert_rule.annotations, set_alert_rule.enabled)
  on conflict on constraint alert_override_pkey do update set
    rule_group = coalesce(excluded.rule_group, o.rule_group),
    expression = coalesce(excluded.expression, o.expression),
    "for" = coalesce(excluded."for", o."for"),
    keep_firing_for = coalesce(excluded.keep_firing_for, o.keep_firing_for),
    labels = coalesce(excluded.labels, o.labels),
    annotations = coalesce(excluded.annotations, o.annotations),
    enabled = coalesce(excluded.enabled, o.enabled),
    changed_at = excluded.changed_at;
end
$$;

comment on function noetl.set_alert_rule(text, text, interval, jsonb, jsonb, boolean, interval, text) is
  'Changes an alert rule, or adds one of one''s own: null leaves a field as it is. expression: PromQL that gives an instant vector or a scalar; what does not parse is refused with its position. hold: how long it must yield a series before the alert fires. keep_firing_for: how long it then goes on when it does not any more. labels and annotations: objects of strings with Prometheus'' templates, in place of those before. enabled: false takes it out of evaluation and of the rule file. rule_group: the group that it is evaluated in. Inverse: noetl.reset_alert_rule(text).';
