create or replace function noetl.set_alert_rule(
  name text,
  expression text default null,
  hold interval default null,
  labels jsonb default null,
  annotations jsonb default null,
  enabled boolean default null
)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := _noetl.alert_fault(name, expression, hold, labels, annotations);
begin
  if fault is null and expression is null and not exists (select from noetl.alert_rule as r where r.name = set_alert_rule.name) then
    fault := format('name: there is no alert rule "%s", and a new one needs an expression', name);
  end if;
  if fault is not null then
    raise exception '%', fault
      using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1), hint = 'select name, expression from noetl.alert_rule';
  end if;
  insert into _noetl.alert_override as o (name, expression, "for", labels, annotations, enabled)
  values (name, expression, hold, labels, annotations, enabled)
  on conflict on constraint alert_override_pkey do update set
    expression = coalesce(excluded.expression, o.expression),
    "for" = coalesce(excluded."for", o."for"),
    labels = coalesce(excluded.labels, o.labels),
    annotations = coalesce(excluded.annotations, o.annotations),
    enabled = coalesce(excluded.enabled, o.enabled),
    changed_at = excluded.changed_at;
end
$$;

comment on function noetl.set_alert_rule(text, text, interval, jsonb, jsonb, boolean) is
  'Changes an alert rule, or adds one of one''s own: null leaves a field as it is. expression: PromQL. hold: how long it must do so before the alert fires. labels and annotations: objects of strings, in place of those before. enabled: false leaves it out of the rule file. Prometheus reads the file anew when it is told to. Inverse: noetl.reset_alert_rule(text).';
