create or replace function _noetl.evaluate_histogram(node jsonb, steps _noetl.promql_steps)
returns table (name text, labels jsonb, vals double precision[])
language plpgsql
stable
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  func constant text := node #>> '{func,name}';
  vector constant jsonb := case func when 'histogram_quantile' then node #> '{args,1}' else node #> '{args,2}' end;
  first constant double precision[] := _noetl.evaluate_scalar(node #> '{args,0}', steps);
  second constant double precision[] := case func when 'histogram_fraction' then _noetl.evaluate_scalar(node #> '{args,1}', steps) end;
  wrong constant double precision := (select q from unnest(first) as q where func = 'histogram_quantile' and not q between 0 and 1 limit 1);
begin
  if wrong is not null then
    perform _noetl.note_promql(format('PromQL warning: quantile value should be between 0 and 1, got %s', _noetl.float_text(wrong)), node #> '{args,0}');
  end if;
  return query execute _noetl.merge_statement(format($sql$
      with bucket as materialized (
        select c.name, c.labels - 'le' as labels, c.labels ->> 'le' as le, _noetl.bucket_bound(c.labels ->> 'le') as bound, c.vals
        from _noetl.evaluate_node($1, $2) as c
      ),
      malformed as (
        select b.name, b.le from bucket as b where b.bound is null group by 1, 2
      )
      select null::text as name, h.labels, case when h.is_plain then array(
          select case
              when s.total = 0 then 'NaN'
              when s.place = h.buckets then h.bounds[h.buckets - 1]
              when s.place = 1 and h.bounds[1] <= 0 then h.bounds[1]
              when s.place = 1 then case when h.flat[i] = 0 then 'NaN' else h.bounds[1] * (s.rank / h.flat[i]) end
              else h.bounds[s.place - 1] + (h.bounds[s.place] - h.bounds[s.place - 1])
                * ((s.rank - h.flat[(s.place - 2) * $5 + i]) / (h.flat[(s.place - 1) * $5 + i] - h.flat[(s.place - 2) * $5 + i]))
            end
          from generate_series(1, $5) as i
          cross join lateral (
            -- the first bucket with so many: the search wants ascending numbers, and counts those that are not greater
            select t.total, t.rank,
              h.buckets + 1 - width_bucket(-t.rank, array(select -h.flat[(b - 1) * $5 + i] from generate_series(h.buckets, 1, -1) as b)) as place
            from (select h.flat[(h.buckets - 1) * $5 + i] as total, $3[i] * h.flat[(h.buckets - 1) * $5 + i] as rank offset 0) as t
            offset 0
          ) as s
          order by i)
        else array(
          select %s
          from generate_series(1, $5) as i
          cross join lateral (
            select array_agg(u.bound order by u.bound) as bounds, array_agg(u.count order by u.bound) as counts
            from (
              select h.bounds[b] as bound, sum(h.counts[b][i]) as count from generate_subscripts(h.bounds, 1) as b
              where h.counts[b][i] is not null
              group by 1
            ) as u
          ) as s
          order by i) end as vals
      from (
        select g.*,
          -- each bucket once, with a value at each step, and none with fewer than the one before
          $6 and g.is_whole and not exists (
            select from (select unnest(g.flat) as count, unnest(g.flat[$5 + 1:]) as next) as u
            where u.next < u.count or u.next <> u.count and not u.next - u.count > 1e-12 * (abs(u.next) + abs(u.count))) as is_plain
        from (
          select a.*, case when a.is_whole then array(select unnest(a.counts)) end as flat
          from (
            select b.name, b.labels, count(*)::integer as buckets, array_agg(b.bound order by b.bound, b.le) as bounds, array_agg(b.vals order by b.bound, b.le) as counts,
              count(*) > 1 and max(b.bound) = 'Infinity' and count(distinct b.bound) = count(*) and bool_and(array_position(b.vals, null) is null) as is_whole
            from bucket as b
            where b.bound is not null
              and (select count(_noetl.note_promql(format('PromQL warning: bucket label "le" is missing or has a malformed value of %%s%%s',
                _noetl.go_quoted(coalesce(m.le, '')), ' for metric name ' || _noetl.go_quoted(m.name)), $1)) from malformed as m) >= 0
            group by b.name, b.labels
            offset 0
          ) as a
          offset 0
        ) as g
        offset 0
      ) as h
    $sql$, case func
      when 'histogram_quantile' then 'case when s.bounds is not null then _noetl.bucket_quantile($3[i], s.bounds, s.counts, $1) end'
      else 'case when s.bounds is not null then _noetl.bucket_fraction($3[i], $4[i], s.bounds, s.counts) end' end))
    using vector, steps, first, second, steps.steps, func = 'histogram_quantile' and wrong is null;
end
$$;

comment on function _noetl.evaluate_histogram(jsonb, _noetl.promql_steps) is
  'What histogram_quantile() and histogram_fraction() give: the buckets of each histogram, told apart by the label le, put together at each step.';
