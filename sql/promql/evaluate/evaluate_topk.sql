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
        select row_number() over () as id, %1$s as key, c.name, c.labels, c.vals from _noetl.evaluate_node($1 -> 'expr', $2) as c
      ),
      -- Series are dealt into as many hands as are wanted. The lowest of the hands' best values is an edge: whatever is worse
      -- has so many better ones. What is missing, or is not a number, is the worst.
      hand as (
        select s.key, s.id %% $5 as hand, array[%2$s]::float8[] as vals
        from (select s.key, s.id, array_replace(array_replace(s.vals, null, $6), 'NaN', $6) as vals from series as s offset 0) as s
        group by 1, 2
      ),
      edge as (
        select h.key, case when count(*) = $5 then array[%3$s]::float8[] else array_fill($6, array[$7]) end as vals from hand as h group by h.key
      ),
      candidate as materialized (
        select u.id, u.key, u.place, u.val
        from (
          select s.id, s.key, generate_series(1, $7) as place, unnest(s.vals) as val, unnest(e.vals) as edge
          from series as s
          join edge as e on e.key = s.key
        ) as u
        where $4 * u.val <= $4 * u.edge or u.val = 'NaN' and abs(u.edge) = 'Infinity'
      ),
      -- of equal values that of the first series counts, in the order in which Prometheus has them
      turn as materialized (
        select s.id, row_number() over (order by _noetl.labels_order(s.name, s.labels)) as turn
        from series as s
        where s.id in (select c.id from candidate as c)
      ),
      ranked as (
        select c.id, c.place, row_number() over (partition by c.key, c.place order by c.val = 'NaN', $4 * c.val, t.turn) as rank
        from candidate as c
        join turn as t on t.id = c.id
      ),
      kept as (
        select r.id, min(r.rank) as rank, array_agg(r.place) as places
        from ranked as r
        where r.rank <= trunc($3[r.place])
        group by r.id
      )
      select s.name, s.labels, array(
        select case when u.place = any (k.places) then u.val end from unnest(s.vals) with ordinality as u (val, place) order by u.place)
      from kept as k
      join series as s on s.id = k.id
      order by s.key, k.rank
    $sql$, _noetl.grouping_key(node),
      (select string_agg(format('%s(s.vals[%s])', case factor when -1 then 'max' else 'min' end, i), ', ' order by i) from generate_series(1, steps.steps) as i),
      (select string_agg(format('%s(h.vals[%s])', case factor when -1 then 'min' else 'max' end, i), ', ' order by i) from generate_series(1, steps.steps) as i))
    using node, steps, wanted, factor, (select greatest(1, max(trunc(nullif(k, 'NaN'))))::bigint from unnest(wanted) as k),
      factor * 'Infinity'::double precision, steps.steps;
end
$$;

comment on function _noetl.evaluate_topk(jsonb, _noetl.promql_steps, double precision[]) is
  'The series of each group that have one of the greatest (topk) or least (bottomk) values, at the steps at which they have it. wanted: how many at each step.';
