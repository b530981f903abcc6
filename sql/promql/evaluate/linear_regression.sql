create or replace function _noetl.linear_regression(vals double precision[], at_ms bigint[], origin_ms bigint, seconds double precision)
returns double precision
language sql
immutable
parallel safe
begin atomic
  select case
      when min(u.val) = max(u.val) and min(u.val) <> 'NaN' then
        case when abs(min(u.val)) = 'Infinity' then 'NaN' when seconds is null then 0 when seconds = 'NaN' or abs(seconds) = 'Infinity' then 'NaN' else min(u.val) end
      when seconds is null then regr_slope(u.val, (u.at_ms - origin_ms) / 1000.0::double precision)
      else regr_slope(u.val, (u.at_ms - origin_ms) / 1000.0::double precision) * seconds + regr_intercept(u.val, (u.at_ms - origin_ms) / 1000.0::double precision)
    end
  from unnest(vals, at_ms) as u (val, at_ms);
end;

comment on function _noetl.linear_regression(double precision[], bigint[], bigint, double precision) is
  'Of the line that fits samples best: how much it rises a second, or with seconds its value so long after origin_ms (Unix milliseconds).';
