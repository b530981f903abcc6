create or replace function noetl.cleanup_expired_metrics()
returns text[]
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set lock_timeout = '50ms'
as $$
declare
  expired record;
  unread boolean;
  dropped text[] := '{}';
begin
  perform set_config('lock_timeout', '0', true);
  perform pg_advisory_xact_lock(_noetl.partition_lock());
  perform set_config('lock_timeout', (extract(epoch from _noetl.interval_setting('maintenance_lock_timeout')) * 1000)::integer::text, true);
  perform noetl.fold();
  for expired in select p.name from noetl.expired_partition as p order by p.lower_bound loop
    begin
      execute format('lock table noetl.metric, %s in access exclusive mode', expired.name);
      execute format(
        'select exists (select from %s as m where _noetl.is_unfolded(m.xid, m.xmin, (select w from _noetl.feed_window as w))
           and (m.xid >= (select since from _noetl.feed_window) or m.xid = any ((select open from _noetl.feed_window)::xid8[])))',
        expired.name) into unread;
      if unread then
        raise warning '% holds samples that are not folded yet and stays until the next call', expired.name;
      else
        execute format('drop table %s', expired.name);
        dropped := dropped || expired.name;
      end if;
    exception when lock_not_available then
      raise warning '% is in use and stays until the next call', expired.name;
    end;
  end loop;
  return dropped;
end
$$;

comment on function noetl.cleanup_expired_metrics() is
  'Drops every partition whose whole day is older than the setting retention (see noetl.expired_partition) and returns their names. A partition in use stays for the next call, with a warning: nothing waits longer than the setting maintenance_lock_timeout.';
