create or replace function _noetl.check_one_side(
  side text, matching jsonb, vals double precision[], series _noetl.promql_line[], others double precision[])
returns boolean
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  steps constant integer := array_length(vals, 2);
  twice integer[];
  metrics text[];
  match_group jsonb;
begin
  -- the first step at which two of them have a value, and the other side is not empty
  twice := (
    select array_agg((u.place - 1) / steps + 1 order by u.place)
    from unnest(vals) with ordinality as u (val, place)
    where u.val is not null and others[(u.place - 1) % steps + 1] is not null
    group by (u.place - 1) % steps
    having count(*) > 1
    order by (u.place - 1) % steps
    limit 1);
  if twice is null then
    return true;
  end if;
  metrics := array(select _noetl.labels_text(series[i].name, series[i].labels) from unnest(twice) as i order by _noetl.labels_text(series[i].name, series[i].labels) collate "C");
  match_group := (
    select coalesce(jsonb_object_agg(e.key, e.value), '{}')
    from jsonb_each(series[twice[1]].labels) as e
    where (matching ->> 'on')::boolean = matching -> 'labels' ? e.key);
  raise exception 'found duplicate series for the match group % on the % hand-side of the operation: [%, %];many-to-many matching not allowed: matching labels must be unique on one side',
      _noetl.labels_text(null, match_group), case side when 'r' then 'right' else 'left' end, metrics[1], metrics[2]
    using errcode = 'NP002';
end
$$;

comment on function _noetl.check_one_side(text, jsonb, double precision[], _noetl.promql_line[], double precision[]) is
  'Series of the side of an operator that must be unique, which share their matching labels: an error (NP002) if two have a value at the same step, and the other side is not empty there.';
