create or replace function noetl.add_label_rule(
  name text, metric text, action text, label text, value text default '.*', replacement text default null)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := case
    when coalesce(name, '') = '' or length(name) > 200 then 'name: must be 1 to 200 characters'
    when coalesce(metric, '') = '' then 'metric: must be a regular expression'
    when action is null or action not in ('rename', 'replace', 'drop', 'keep', 'drop_series', 'keep_series') then
      'action: must be rename, replace, drop, keep, drop_series or keep_series'
    when coalesce(label, '') = '' then 'label: must not be empty'
    when action not in ('drop', 'keep') and (label !~ '^[a-zA-Z_][a-zA-Z0-9_]*$' or label in ('le', 'quantile')) then
      'label: must be the name of a label, and neither le nor quantile'
    when value is null then 'value: must be a regular expression'
    when action = 'rename' and (replacement is null or replacement !~ '^[a-zA-Z_][a-zA-Z0-9_]*$' or replacement like '\_\_%' or replacement in ('le', 'quantile')) then
      'replacement: must be the new name of the label'
    when action = 'replace' and replacement is null then 'replacement: must be the new value; \1 is what the first parenthesis of value matched'
    when action not in ('rename', 'replace') and replacement is not null then format('replacement: %s takes none', action)
  end;
begin
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1);
  end if;
  -- what does not compile is refused here and not when a sample comes
  perform '' ~ format('^(?:%s)$', metric), '' ~ format('^(?:%s)$', label), '' ~ format('^(?:%s)$', value);
  insert into _noetl.label_rule as r (name, metric, action, label, value, replacement)
  values (
    add_label_rule.name, format('^(?:%s)$', add_label_rule.metric), add_label_rule.action,
    case when add_label_rule.action in ('drop', 'keep') then format('^(?:%s)$', add_label_rule.label) else add_label_rule.label end,
    format('^(?:%s)$', add_label_rule.value), add_label_rule.replacement)
  on conflict on constraint label_rule_pkey do update set
    metric = excluded.metric, action = excluded.action, label = excluded.label, value = excluded.value, replacement = excluded.replacement;
end
$$;

comment on function noetl.add_label_rule(text, text, text, text, text, text) is
  'Adds a rule by which the labels of series are rewritten when they are seen first, or changes it; rules apply in the order in which they were added, to what collectors find as to what is reported, pushed and recorded. metric: a regular expression of PostgreSQL that the whole name of the family must match, as for value that of the label (one that is absent is empty).
action: rename gives the label the name replacement; replace gives it the value replacement where value matches, \1 being what its first parenthesis matched, and an empty one removes it; drop removes the labels whose names match label, keep all others; drop_series drops the series whose label matches value, keep_series all others, and their samples with them.
What is already known keeps its labels: noetl.drop_metric() lets a family be seen anew. Series that become one are one: what is added up sums, of values that are set the last counts. le and quantile stay. Inverse: noetl.drop_label_rule(text). noetl.cardinality tells what needs a rule.';
