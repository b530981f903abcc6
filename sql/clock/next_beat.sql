create or replace function _noetl.next_beat(every interval, at timestamptz default clock_timestamp())
returns timestamptz
language sql
stable
parallel safe
return to_timestamp((floor(floor(extract(epoch from at) * 1000) / floor(extract(epoch from every) * 1000)) + 1)
  * floor(extract(epoch from every) * 1000) / 1000);

comment on function _noetl.next_beat(interval, timestamptz) is
  'The first beat of an interval after a moment. Beats are its multiples since 1970: they never drift, need no memory, and what has the same interval is due together, in one tick.';
