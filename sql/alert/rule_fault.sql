create or replace function _noetl.rule_fault(expression text, labels jsonb, annotations jsonb)
returns text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  field text := 'expression';
  entry record;
begin
  if expression is not null and noetl.parse_promql(expression) ->> 'returns' not in ('vector', 'scalar') then
    return format('expression: must give an instant vector or a scalar, this gives a %s', noetl.parse_promql(expression) ->> 'returns');
  end if;
  for entry in
    select 'labels' as field, l.key, l.value from jsonb_each(labels) as l
    union all
    select 'annotations', a.key, a.value from jsonb_each(annotations) as a
    order by field desc, key
  loop
    field := entry.field;
    if entry.key !~ '^[a-zA-Z_][a-zA-Z0-9_]*$' then
      return format('%s: "%s" is no label name', field, entry.key);
    elsif entry.field = 'labels' and entry.key in ('__name__', 'alertname') then
      return format('labels: %s is not a rule''s to set', entry.key);
    elsif jsonb_typeof(entry.value) <> 'string' then
      return format('%s: the value of "%s" must be a string', field, entry.key);
    end if;
    field := format('%s: %s', field, entry.key);
    perform _noetl.parse_template(entry.value #>> '{}');
  end loop;
  return null;
exception
  when others then
    return format('%s: %s', field, sqlerrm);
end
$$;

comment on function _noetl.rule_fault(text, jsonb, jsonb) is
  'What is wrong with a rule''s expression (null: not given), labels or annotations (objects), as "field: rule", with the position in the expression; null: nothing.';
