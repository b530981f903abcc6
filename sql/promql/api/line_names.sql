create or replace function _noetl.line_names(since timestamptz, until timestamptz)
returns setof text
language sql
stable
parallel safe
begin atomic
  -- from each name to the next by index: lines are many times as many
  with recursive names (name) as (
    (select l.name from _noetl.line as l order by l.name limit 1)
    union all
    select (select l.name from _noetl.line as l where l.name > n.name order by l.name limit 1) from names as n where n.name is not null
  )
  select n.name
  from names as n
  where exists (select from _noetl.line as l where l.name = n.name and l.first_at <= until and l.last_at >= since);
end;

comment on function _noetl.line_names(timestamptz, timestamptz) is 'The names of all metrics that may have samples from since to until.';
