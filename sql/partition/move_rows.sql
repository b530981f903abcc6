create or replace function _noetl.move_rows(source regclass, target regclass, condition text)
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  names text;
  stored text;
  moved bigint;
begin
  select
    string_agg(quote_ident(a.attname), ', ' order by a.attnum),
    -- a row keeps its place in the feed: restored rows have none
    string_agg(case a.attname when 'xid' then 'case when native then xid else ''0'' end' else quote_ident(a.attname) end, ', ' order by a.attnum)
  into names, stored
  from pg_attribute as a
  where a.attrelid = target and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
  execute format(
    'with moved as (
       delete from only %s as o
       where %s
       returning o.*, _noetl.is_native(o.xmin, (select w.born from _noetl.feed_window as w)) as native
     )
     insert into %s (%s) select %s from moved',
    source, condition, target, names, stored);
  get diagnostics moved = row_count;
  return moved;
end
$$;

comment on function _noetl.move_rows(regclass, regclass, text) is
  'Moves the rows of one table that meet a condition into another, which may be attached or not yet; returns how many.';
