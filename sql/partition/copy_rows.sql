create or replace function _noetl.copy_rows(source regclass, target regclass, condition text)
returns pg_snapshot
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  names text;
  seen pg_snapshot;
begin
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into names
  from pg_attribute as a
  where a.attrelid = target and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
  -- Not the whole day by series: a metric_id or a moment is looked up by the ranges of an index that knows only what pages hold.
  execute format(
    'with copied as (
       insert into %s (%s)
       select %s
       from only %s as o
       where %s
       order by date_bin(''15 minutes'', o."timestamp", ''epoch''), o.series_id, o."timestamp", o.metric_id
     )
     select _noetl.snapshot_without_me()',
    target, names, names, source, condition)
  into seen;
  return seen;
end
$$;

comment on function _noetl.copy_rows(regclass, regclass, text) is
  'Copies the rows of a partition of noetl.metric that meet a condition into another table, by quarters of an hour and in each by series: a range of one series then is 96 short runs a day, and a moment still lies in one hundredth of it. Returns the snapshot that it was done in, which counts the calling transaction as open.';
