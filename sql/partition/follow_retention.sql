create or replace function _noetl.follow_retention()
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set lock_timeout = '25ms'
set intervalstyle = 'postgres'
as $$
declare
  wanted text := coalesce(
    (select format('(now() + %L::interval)', t.retention) from _noetl.partitioned_table as t where t.level = 'raw' and t.retention is not null),
    '''infinity''::timestamp with time zone');
begin
  if wanted = (
      select pg_get_expr(d.adbin, d.adrelid)
      from pg_attrdef as d
      join pg_attribute as a on a.attrelid = d.adrelid and a.attnum = d.adnum
      where d.adrelid = 'noetl.metric'::regclass and a.attname = 'expires_at')
  then
    return false;
  end if;
  perform set_config('lock_timeout', greatest(1, (extract(epoch from _noetl.interval_setting('maintenance_lock_timeout')) * 1000)::integer)::text, true);
  execute format('alter table only noetl.metric alter column expires_at set default %s', wanted);
  return true;
end
$$;

comment on function _noetl.follow_retention() is
  'Makes the default of noetl.metric.expires_at what the setting retention says; false: it is that already. A constant, because a function call would cost every insert. The table not being free is an error (lock_not_available).';
