create or replace function _noetl.alert_fault(name text, expression text, hold interval, labels jsonb, annotations jsonb)
returns text
language sql
immutable
parallel safe
return case
  when name is null or name !~ '^[a-zA-Z_][a-zA-Z0-9_]*$' then 'name: must be letters, digits and underscores, and must not begin with a digit'
  when expression !~ '\S' then 'expression: must not be empty'
  when hold < interval '0' then 'hold: must not be negative'
  when jsonb_typeof(labels) <> 'object' then 'labels: must be an object'
  when jsonb_typeof(annotations) <> 'object' then 'annotations: must be an object'
  else (
    select format('%s: %s', case when l.place = 1 then 'labels' else 'annotations' end, case
        when l.key !~ '^[a-zA-Z_][a-zA-Z0-9_]*$' then format('"%s" is no label name', l.key)
        else format('the value of "%s" must be a string', l.key)
      end)
    from (
      select 1 as place, e.key, e.value from jsonb_each(case jsonb_typeof(labels) when 'object' then labels end) as e
      union all
      select 2, e.key, e.value from jsonb_each(case jsonb_typeof(annotations) when 'object' then annotations end) as e
    ) as l
    where l.key !~ '^[a-zA-Z_][a-zA-Z0-9_]*$' or jsonb_typeof(l.value) <> 'string'
    order by l.place, l.key
    limit 1)
end;

comment on function _noetl.alert_fault(text, text, interval, jsonb, jsonb) is
  'What is wrong with an alert rule, as "field: rule"; null: nothing. PromQL itself is Prometheus'' to judge.';
