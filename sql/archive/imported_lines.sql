create or replace function _noetl.imported_lines(names text[], label_sets jsonb[])
returns integer[]
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set enable_nestloop = off
set jit = off
as $$
#variable_conflict use_column
declare
  series record;
begin
  -- an empty label is an absent one
  select array_agg(d.name) as names, array_agg(d.labels) as given, array_agg(_noetl.full_labels(d.labels)) as labels
  into series
  from (select u.name, u.labels from unnest(names, label_sets) as u (name, labels) group by u.name, u.labels) as d;
  return array(
    select k.line_id
    from unnest(names, label_sets) with ordinality as u (name, labels, nth)
    join unnest(
      series.names, series.given,
      _noetl.add_lines(
        series.names, series.labels, array(select n ~ '_(total|bucket|sum|count)$' from unnest(series.names) as n), 'infinity', '-infinity'))
      as k (name, labels, line_id) on k.name = u.name and k.labels = u.labels
    order by u.nth);
end
$$;

comment on function _noetl.imported_lines(text[], jsonb[]) is
  'The ids of the lines of samples that are imported, in this order; new ones are taken for running totals by their names.';
