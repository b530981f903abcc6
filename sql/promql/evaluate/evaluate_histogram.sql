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
      select null::text as name, h.labels, array(
        select %s
        from generate_series(1, $5) as i
        cross join lateral (
          select h.bounds, array(select h.counts[b][i] from generate_subscripts(h.bounds, 1) as b) as counts
          where h.is_whole
          union all
          select array_agg(u.bound order by u.bound), array_agg(u.count order by u.bound)
          from (
            select h.bounds[b] as bound, sum(h.counts[b][i]) as count from generate_subscripts(h.bounds, 1) as b
            where h.counts[b][i] is not null
            group by 1
          ) as u
          where not h.is_whole
          having not h.is_whole
        ) as s
        order by i) as vals
      from (
        select b.name, b.labels, array_agg(b.bound order by b.bound, b.le) as bounds, array_agg(b.vals order by b.bound, b.le) as counts,
          -- each bucket once, and with a value at each step
          count(distinct b.bound) = count(*) and bool_and(array_position(b.vals, null) is null) as is_whole
        from bucket as b
        where b.bound is not null
          and (select count(_noetl.note_promql(format('PromQL warning: bucket label "le" is missing or has a malformed value of %%s%%s',
            _noetl.go_quoted(coalesce(m.le, '')), ' for metric name ' || _noetl.go_quoted(m.name)), $1)) from malformed as m) >= 0
        group by b.name, b.labels
      ) as h
    $sql$, case func
      when 'histogram_quantile' then 'case when s.bounds is not null then _noetl.bucket_quantile($3[i], s.bounds, s.counts, $1) end'
      else 'case when s.bounds is not null then _noetl.bucket_fraction($3[i], $4[i], s.bounds, s.counts) end' end))
    using vector, steps, first, second, steps.steps;
end
$$;

comment on function _noetl.evaluate_histogram(jsonb, _noetl.promql_steps) is
  'What histogram_quantile() and histogram_fraction() give: the buckets of each histogram, told apart by the label le, put together at each step.';
