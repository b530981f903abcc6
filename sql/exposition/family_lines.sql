create or replace function _noetl.family_lines(openmetrics boolean, wanted integer[], touched integer[])
returns table (family_id integer, samples bigint, lines text, at timestamptz)
language plpgsql
stable
parallel unsafe
rows 100
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  recorded integer[] := array(select w from unnest(wanted) as w where w = any (touched) or _noetl.has_series(w));
begin
  -- each costs more to set up than to run, and most families need the first alone
  if wanted is null or touched <> '{}' or recorded <> '{}' then
    return query select * from _noetl.recorded_lines(openmetrics, wanted, touched);
  end if;
  if wanted is null or cardinality(recorded) < cardinality(wanted) then
    return query
    select
      u.family_id, count(*),
      string_agg(u.prefix || ' ' || _noetl.float_text(u.value) || E'\n', '' order by u.page_labels collate "C", u.rank, u.bound),
      null::timestamptz
    from _noetl.unrecorded_line as u
    where wanted is null or u.family_id = any (wanted)
    group by u.family_id;
  end if;
end
$$;

comment on function _noetl.family_lines(boolean, integer[], integer[]) is
  'All lines of each of these families, or (null) of every family, that has any. touched: _noetl.touched_families(). at: when the oldest gauge among them was measured; null: nothing of it can go stale.';
