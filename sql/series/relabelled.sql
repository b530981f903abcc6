create or replace function _noetl.relabelled(family text, labels jsonb)
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  rule _noetl.label_rule;
  result jsonb := labels;
begin
  for rule in
    select r.* from _noetl.label_rule as r where family ~ r.metric order by r.place
  loop
    result := case rule.action
      when 'drop' then result - array(select k from jsonb_object_keys(result) as k where k ~ rule.label and k not in ('le', 'quantile'))
      when 'keep' then result - array(select k from jsonb_object_keys(result) as k where k !~ rule.label and k not in ('le', 'quantile'))
      when 'rename' then case when result ? rule.label then result - rule.label || jsonb_build_object(rule.replacement, result -> rule.label) else result end
      when 'replace' then case
        when coalesce(result ->> rule.label, '') ~ rule.value then
          jsonb_strip_nulls(result || jsonb_build_object(rule.label, nullif(regexp_replace(coalesce(result ->> rule.label, ''), rule.value, rule.replacement), '')))
        else result end
      when 'drop_series' then case when coalesce(result ->> rule.label, '') !~ rule.value then result end
      else case when coalesce(result ->> rule.label, '') ~ rule.value then result end
    end;
    exit when result is null;
  end loop;
  return result;
end
$$;

comment on function _noetl.relabelled(text, jsonb) is
  'The labels of a new series of a family, canonical, as the rules of noetl.label_rule rewrite them; null: a rule drops the series. le and quantile stay as they are.';
