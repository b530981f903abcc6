create or replace function _noetl.evaluate_rule(wanted _noetl.rule, at timestamptz)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  state _noetl.rule_state := _noetl.compile_rule(wanted);
  names text[];
  label_sets jsonb[];
  annotation_sets jsonb[];
  results double precision[];
begin
  select
    coalesce(array_agg(r.labels), '{}'), coalesce(array_agg(r.annotations), '{}'), coalesce(array_agg(r.value), '{}')
  into label_sets, annotation_sets, results
  from (
    select
      -- an empty value takes the label off
      (
        select coalesce(jsonb_object_agg(l.key, l.value), '{}')
        from jsonb_each_text(
          e.labels - '__name__' || _noetl.rendered_texts(state.templates -> 'labels', e.labels, e.value)
          || case when wanted.alerting then jsonb_build_object('alertname', wanted.name) else '{}' end) as l
        where l.value <> ''
      ) as labels,
      case when wanted.alerting then _noetl.rendered_texts(state.templates -> 'annotations', e.labels, e.value) end as annotations,
      e.value
    from _noetl.rule_result(state.tree, at) as e
  ) as r;
  if cardinality(label_sets) > (select count(distinct l.labels) from unnest(label_sets) as l (labels)) then
    raise exception 'vector contains metrics with the same labelset after applying % labels', case when wanted.alerting then 'alert' else 'rule' end
      using errcode = 'NP002';
  end if;
  names := array_fill(wanted.name, array[cardinality(results)]);
  if wanted.alerting then
    perform _noetl.advance_alerts(wanted, at, label_sets, annotation_sets, results);
    select coalesce(array_agg(l.name), '{}'), coalesce(array_agg(l.labels), '{}'), coalesce(array_agg(l.value), '{}')
    into names, label_sets, results
    from _noetl.alert_line as l
    where l.rule = wanted.rule;
  end if;
  perform _noetl.store_rule_lines(wanted, at, names, label_sets, results);
end
$$;

comment on function _noetl.evaluate_rule(_noetl.rule, timestamptz) is
  'Evaluates a rule at a time: records what it yields, or moves its alerts on. An error of the expression passes through. The caller holds the lock of the rule''s group.';
