create or replace function _noetl.forget_clocks(level text, from_at timestamptz, until timestamptz)
returns void
language sql
volatile
parallel unsafe
begin atomic
  delete from _noetl.chunk as k
  where k.level = forget_clocks.level and k.line_id = 0 and k.from_at >= forget_clocks.from_at and k.from_at < until
    and not exists (
      select from _noetl.chunk as c
      where c.level = k.level and c.line_id > 0 and c.from_at = k.from_at and c.clock = k.clock);
end;

comment on function _noetl.forget_clocks(text, timestamptz, timestamptz) is 'Deletes the times in blocks of a level that no chunk refers to any more.';
