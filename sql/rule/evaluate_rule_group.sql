create or replace function _noetl.evaluate_rule_group(rule_group text, at timestamptz)
returns integer
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  wanted _noetl.rule;
  began timestamptz;
  failure text;
  evaluated integer := 0;
begin
  for wanted in
    select r.* from _noetl.rule as r where r.rule_group = evaluate_rule_group.rule_group order by r.position, r.rule
  loop
    began := clock_timestamp();
    failure := null;
    begin
      perform _noetl.evaluate_rule(wanted, at);
    exception
      when others then
        failure := sqlerrm;
    end;
    insert into _noetl.rule_state as s (rule, expression, texts, evaluated_at, duration_seconds, error, failures)
    values (
      wanted.rule, wanted.expression, wanted.texts, at, extract(epoch from clock_timestamp() - began), failure, (failure is not null)::integer)
    on conflict on constraint rule_state_pkey do update set
      evaluated_at = excluded.evaluated_at, duration_seconds = excluded.duration_seconds, error = excluded.error, failures = s.failures + excluded.failures;
    evaluated := evaluated + 1;
  end loop;
  return evaluated;
end
$$;

comment on function _noetl.evaluate_rule_group(text, timestamptz) is
  'Evaluates the rules of a group, one after another, so that each sees what those before it recorded; returns how many there were. One that fails is noted in _noetl.rule_state, changes nothing and hinders no other. The caller holds the lock of the group.';
