create or replace function _noetl.evaluate_topk(node jsonb, steps _noetl.promql_steps, wanted double precision[])
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  factor constant double precision := case node ->> 'op' when 'topk' then -1 else 1 end;
begin
  if (select max(nullif(k, 'NaN')) from unnest(wanted) as k) < 1 then
    return;
  elsif 'NaN' = any (wanted) then
    raise exception 'Parameter value is NaN' using errcode = 'NP002';
  elsif -9223372036854775808 >= any (wanted) then
    raise exception 'Scalar value % underflows int64', (select min(k) from unnest(wanted) as k) using errcode = 'NP002';
  elsif 9223372036854775807 <= any (wanted) then
    raise exception 'Scalar value % overflows int64', (select max(k) from unnest(wanted) as k) using errcode = 'NP002';
  end if;
  return query execute format($sql$
      with series as materialized (
        select row_number() over () as id, %s as key, c.name, c.labels, c.vals from _noetl.evaluate_node($1 -> 'expr', $2) as c
      ),
      ranked as (
        select s.id, u.place, u.val,
          row_number() over (partition by s.key, u.place order by u.val = 'NaN', $4 * u.val, s.id) as rank,
          $3[u.place] as wanted
        from series as s
        cross join lateral unnest(s.vals) with ordinality as u (val, place)
        where u.val is not null
      ),
      kept as (
        select r.id, min(r.rank) as rank, array_agg(r.place) as places
        from ranked as r
        where r.rank <= trunc(r.wanted)
        group by r.id
      )
      select s.name, s.labels, array(
        select case when u.place = any (k.places) then u.val end from unnest(s.vals) with ordinality as u (val, place) order by u.place)
      from kept as k
      join series as s on s.id = k.id
      order by s.key, k.rank
    $sql$, _noetl.grouping_key(node))
    using node, steps, wanted, factor;
end
$$;

comment on function _noetl.evaluate_topk(jsonb, _noetl.promql_steps, double precision[]) is
  'The series of each group that have one of the greatest (topk) or least (bottomk) values, at the steps at which they have it. wanted: how many at each step.';
