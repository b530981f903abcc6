create or replace function _noetl.write_push(samples _noetl.pushed_sample[], runtime_id bigint, whole_group boolean)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  now timestamptz := clock_timestamp();
  replaced bigint[];
begin
  replaced := array(
    select known
    from _noetl.pushed_family as p
    cross join lateral unnest(p.series_ids) as known
    where p.runtime_id = write_push.runtime_id
      and (whole_group or p.name in (select s.family from unnest(samples) as s)));
  insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, help_text, unit, "timestamp", metadata)
  select write_push.runtime_id, s.name, s.metric_type, s.value, s.labels, s.help, s.unit, now, s.metadata
  from unnest(samples) as s
  order by s.line;

  perform _noetl.forget_help(array(
    select p.name from _noetl.pushed_family as p
    where p.runtime_id = write_push.runtime_id
      and (whole_group or p.name in (select s.family from unnest(samples) as s))
      and p.name not in (select s.family from unnest(samples) as s where s.help <> '')), runtime_id);
  delete from _noetl.pushed_family as p
  where p.runtime_id = write_push.runtime_id and whole_group and p.name not in (select s.family from unnest(samples) as s);
  insert into _noetl.pushed_family as p (runtime_id, name, series_ids)
  select write_push.runtime_id, g.family, array_agg(g.series_id order by g.series_id)
  from (
    select s.family, _noetl.fingerprint(write_push.runtime_id, s.metric_type, s.name, s.labels) as series_id from unnest(samples) as s
  ) as g
  group by g.family
  on conflict on constraint pushed_family_pkey do update set series_ids = excluded.series_ids
  where p.series_ids <> excluded.series_ids;

  perform _noetl.take_off(array(
    select known from unnest(replaced) as known
    except
    select unnest(p.series_ids) from _noetl.pushed_family as p where p.runtime_id = write_push.runtime_id));

  update _noetl.family as f
  set help = described.help
  from (select s.family, min(s.help) as help from unnest(samples) as s where s.help <> '' group by s.family) as described
  where f.name = described.family and f.help is distinct from described.help and not f.declared
    -- somebody else is describing it just now
    and f.family_id in (select free.family_id from _noetl.family as free where free.name = f.name for no key update skip locked);
end
$$;

comment on function _noetl.write_push(_noetl.pushed_sample[], bigint, boolean) is
  'Stores a push and takes off the page what it replaces: the families of the same names or, with whole_group, all of the group.';
