create or replace function _noetl.tracking_shape(queue_id integer, relations text[])
returns text
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
  -- in plpgsql and with one plan for all a session plans it once: planning takes ten times as long as running it
  return (select hashtextextended(string_agg(t.oid || ' ' || a.columns || ' ' || g.triggers || ' '
      || exists (select from pg_subscription_rel as s where s.srrelid = t.oid), ';' order by t.oid), 0)::text
  from _noetl.tracking_tree(relations) as t
  left join lateral (
    select coalesce(string_agg(a.attname || ' ' || a.atttypid, ',' order by a.attnum), '') as columns
    from pg_attribute as a
    where t.oid = t.root and a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  ) as a on true
  left join lateral (
    select coalesce(string_agg(g.tgname || ' ' || g.tgenabled::text || ' ' || g.xmin::text, ',' order by g.tgname), '') as triggers
    from pg_trigger as g
    where g.tgrelid = t.oid and starts_with(g.tgname, 'noetl_track_' || queue_id || '_')
  ) as g on true);
end
$$;

comment on function _noetl.tracking_shape(integer, text[]) is
  'A digest of what the catalog says now about the tables of a tracked queue: which they are, with their partitions; their columns; the triggers there, and whether anybody has switched one off and on again. Null: none of the tables is there.';
