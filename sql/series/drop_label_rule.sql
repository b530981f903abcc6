create or replace function noetl.drop_label_rule(name text)
returns boolean
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from _noetl.label_rule as r where r.name = drop_label_rule.name;
  return found;
end
$$;

comment on function noetl.drop_label_rule(text) is
  'Removes a rule for labels; false: there was none of that name. Series that it has rewritten stay as they are. Inverse: noetl.add_label_rule().';
