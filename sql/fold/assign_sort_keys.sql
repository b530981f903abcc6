create or replace function _noetl.assign_sort_keys()
returns void
language sql
volatile
parallel unsafe
begin atomic
  with line as materialized (
    select
      s.series_id,
      s.family_id,
      s.sort_key,
      count(*) over (partition by s.page_id) > 1 as shared,
      count(*) over (partition by s.family_id) as lines,
      row_number() over ascending as number,
      coalesce(max(nullif(s.sort_key, 0)) over ascending, 0) as below,
      min(nullif(s.sort_key, 0)) over descending as above
    from _noetl.state as s
    where s.family_id in (select fresh.family_id from _noetl.state as fresh where fresh.sort_key = 0)
    window
      ascending as (partition by s.family_id order by s.prefix collate "C", s.sort_key = 0, s.sort_key rows unbounded preceding),
      descending as (partition by s.family_id order by s.prefix collate "C" desc, s.sort_key = 0 desc, s.sort_key desc rows unbounded preceding)
  ),
  -- A new line goes between its neighbours, so that no other is written: places are far apart, and a million behind the last
  fresh as materialized (
    select r.series_id, r.family_id, r.gap <= r.newcomers as crowded, r.below + r.gap * r.nth / (r.newcomers + 1) as sort_key
    from (
      select
        l.series_id,
        l.family_id,
        l.below,
        row_number() over run as nth,
        count(*) over (partition by l.family_id, l.below) as newcomers,
        coalesce(l.above, least(2147483647, l.below + 1000000 * (1 + count(*) over (partition by l.family_id, l.below)))) - l.below as gap
      from line as l
      where l.sort_key = 0
      window run as (partition by l.family_id, l.below order by l.number)
    ) as r
  ),
  placed as (
    select
      l.series_id,
      l.shared,
      case
        -- where there is no room any more all lines of the family are set apart again
        when l.family_id in (select f.family_id from fresh as f where f.crowded) then l.number * (2147483647 / (l.lines + 1))
        else coalesce(f.sort_key, l.sort_key)
      end as sort_key
    from line as l
    left join fresh as f on f.series_id = l.series_id
  )
  update _noetl.state as s
  set sort_key = p.sort_key, shared = s.shared or p.shared
  from placed as p
  where s.series_id = p.series_id and (s.sort_key <> p.sort_key or p.shared and not s.shared);
end;

comment on function _noetl.assign_sort_keys() is
  'Gives new lines, whose sort_key is 0, a sort key between those before and behind them in their family, and finds those that would write the same line. The caller holds the fold lock.';
