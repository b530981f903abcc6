create or replace function _noetl.ui_point(line_ids integer[], since timestamptz, until timestamptz, step interval)
returns table (line_id integer, at timestamptz, value double precision)
language sql
stable
parallel safe
begin atomic
  select s.line_id, t.at,
    case when s.at_ms[p.place] > t.ms - (select extract(epoch from _noetl.interval_setting('staleness')) * 1000) then s.vals[p.place] end
  from _noetl.line_samples(line_ids, since - _noetl.interval_setting('staleness'), until) as s
  cross join lateral (
    select g.at, (extract(epoch from g.at) * 1000)::bigint as ms from generate_series(since, until, step) as g (at)
  ) as t
  cross join lateral (select width_bucket(t.ms, s.at_ms) as place) as p;
end;

comment on function _noetl.ui_point(integer[], timestamptz, timestamptz, interval) is
  'What lines read at each step from since to until: their last sample then, no older than the setting staleness; null: nothing, or the line had ended.';
