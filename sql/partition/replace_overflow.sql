create or replace function _noetl.replace_overflow(kept _noetl.partitioned_table, overflow regclass, days date[], at timestamptz)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set enable_seqscan = on
set jit = off
as $$
declare
  own_name name := (select c.relname from pg_class as c where c.oid = overflow);
  successor text := format('_noetl.%I', 'next_' || own_name);
  homeless text := (
    select coalesce(string_agg(format('not (%I >= %L and %I < %L)', kept.key, _noetl.day_start(d), kept.key, _noetl.day_start(d + kept.days)), ' and '), 'true')
    from unnest(days) as d);
  wanted text := format('%s > %L', format(kept.expiry, kept.retention), at);
begin
  perform _noetl.require_read_committed();
  execute format('create table %s (like %s including all excluding comments excluding identity) with (fillfactor = %s)',
    successor, kept.parent, kept.fillfactor);
  execute format('comment on table %s is %L', successor, obj_description(overflow, 'pg_class'));
  perform _noetl.move_to_partitions(kept, overflow, days, wanted);
  perform _noetl.move_rows(overflow, successor::regclass, format('%s and %s', wanted, homeless));

  if kept.level = 'raw' then
    -- Now what came meanwhile: whatever the fold that ran just now has not read. The index on xid finds it. When it has
    -- become little, the rest moves while nobody writes.
    select format('(xid >= %L or xid = any (%L))', pg_snapshot_xmax(f.snapshot), array(select pg_snapshot_xip(f.snapshot))) into wanted
    from _noetl.feed as f;
    perform set_config('enable_seqscan', 'off', true);
    for round in 1 .. 20 loop
      exit when _noetl.move_to_partitions(kept, overflow, days, wanted)
        + _noetl.move_rows(overflow, successor::regclass, format('%s and %s', wanted, homeless)) < 10;
    end loop;
  end if;
  perform _noetl.lock_briefly(array[kept.parent, overflow]);
  if kept.level = 'raw' then
    perform _noetl.move_to_partitions(kept, overflow, days, wanted);
    perform _noetl.move_rows(overflow, successor::regclass, format('%s and %s', wanted, homeless));
  end if;
  execute format('alter table %s detach partition %s', kept.parent, overflow);
  execute format('drop table %s', overflow);
  execute format('alter table %s rename to %I', successor, own_name);
  execute format('alter table %s attach partition _noetl.%I default', kept.parent, own_name);
end
$$;

comment on function _noetl.replace_overflow(_noetl.partitioned_table, regclass, date[], timestamptz) is
  'Moves what has not expired out of an overflow too big to be scanned under a lock, into tables of these days that are not attached yet and into a new overflow, and drops the old one with all that has expired. The caller holds the fold lock and has folded.';
