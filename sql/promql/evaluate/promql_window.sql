create or replace function _noetl.promql_window(at_ms bigint[], ends_ms bigint[], range_ms bigint, times_ms bigint[], param double precision[])
returns table (
  step bigint, step_ms bigint, first integer, last integer, samples integer, sampled double precision, to_start double precision,
  to_end double precision, factor double precision, range double precision, phi double precision, low integer, high integer, weight double precision)
language sql
immutable
parallel safe
begin atomic
  -- "offset 0" keeps the planner from writing the search into each place where its result is used
  select
    e.step, e.step_ms, e.first, e.last, e.samples, e.sampled, e.to_start, e.to_end,
    (e.sampled + e.to_start + e.to_end) / nullif(e.sampled, 0),
    range_ms / 1000.0::double precision,
    e.phi,
    case when e.phi between 0 and 1 then floor(e.phi * (e.samples - 1))::integer + 1 end,
    case when e.phi between 0 and 1 then least(floor(e.phi * (e.samples - 1))::integer + 2, e.samples) end,
    e.phi * (e.samples - 1) - floor(e.phi * (e.samples - 1))
  from (
    select
      w.step, w.step_ms, w.phi, w.first, w.last, w.samples, w.sampled,
      case when w.to_start >= w.sampled / nullif(w.samples - 1, 0) * 1.1 then w.sampled / (w.samples - 1) / 2 else w.to_start end as to_start,
      case when w.to_end >= w.sampled / nullif(w.samples - 1, 0) * 1.1 then w.sampled / (w.samples - 1) / 2 else w.to_end end as to_end
    from (
      select
        f.step, f.step_ms, f.phi, f.first, f.last,
        f.last - f.first + 1 as samples,
        (at_ms[f.last] - at_ms[f.first])::double precision / 1000 as sampled,
        (at_ms[f.first] - (f.end_ms - range_ms))::double precision / 1000 as to_start,
        (f.end_ms - at_ms[f.last])::double precision / 1000 as to_end
      from (
        select
          s.step, s.end_ms, s.step_ms, s.phi,
          width_bucket(s.end_ms - range_ms, at_ms) + 1 as first,
          width_bucket(s.end_ms, at_ms) as last
        from rows from (unnest(ends_ms), unnest(times_ms), unnest(param)) with ordinality as s (end_ms, step_ms, phi, step)
        offset 0
      ) as f
    ) as w
  ) as e;
end;

comment on function _noetl.promql_window(bigint[], bigint[], bigint, bigint[], double precision[]) is
  'One row is one step: which samples of a line with the times at_ms lie in the range that ends at ends_ms, its left end excluded. first and last: their places, first > last when there are none. sampled: seconds between the first and the last. to_start, to_end: seconds by which rate() extrapolates, half an average distance where the gap is longer than 1.1 of one; factor: what that multiplies an increase by. phi: the step''s parameter, a quantile; low, high and weight: the two ranks it lies between.';
