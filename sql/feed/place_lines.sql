create or replace function _noetl.place_lines()
returns void
language sql
volatile
parallel unsafe
begin atomic
  with placed as (
    select
      s.series_id,
      row_number() over (partition by s.family_id order by s.prefix collate "C")::integer as place,
      count(*) over (partition by s.page_id) > 1 as shared
    from _noetl.state as s
    where s.family_id in (select fresh.family_id from _noetl.state as fresh where fresh.place = 0)
  )
  update _noetl.state as s
  set place = p.place, shared = s.shared or p.shared
  from placed as p
  where s.series_id = p.series_id and (s.place <> p.place or p.shared and not s.shared);
end;

comment on function _noetl.place_lines() is
  'Gives new lines, whose place is 0, their place in their family, and finds those that would write the same line. The caller holds the fold lock.';
