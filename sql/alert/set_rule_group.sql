create or replace function noetl.set_rule_group(name text, every interval)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if name is null or name = '' or every < interval '1 second' then
    raise exception '%', case when every < interval '1 second' then 'every: must be a second or more' else 'name: must not be empty' end
      using errcode = 'invalid_parameter_value', column = case when every < interval '1 second' then 'every' else 'name' end;
  end if;
  insert into _noetl.rule_group as g (name, every) values (name, every)
  on conflict on constraint rule_group_pkey do update set every = excluded.every;
end
$$;

comment on function noetl.set_rule_group(text, interval) is 'How often the rules of a group are evaluated; null: after each scrape, which is the most often that anything is.';
