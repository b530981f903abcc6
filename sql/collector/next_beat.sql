create or replace function _noetl.next_beat(name text, every interval, at timestamptz default clock_timestamp())
returns timestamptz
language sql
stable
parallel safe
begin atomic
  select to_timestamp(((floor((t.at - t.phase) / t.every) + 1) * t.every + t.phase) / 1000.0)
  from (
    select
      floor(extract(epoch from at) * 1000) as at,
      floor(extract(epoch from every) * 1000) as every,
      (hashtextextended(name, 0) & 1023) * floor(extract(epoch from every) * 1000 / 1024) as phase
  ) as t;
end;

comment on function _noetl.next_beat(text, interval, timestamptz) is
  'The first time after a moment at which a collector is due. Beats are multiples of its interval since 1970, shifted by its name, so that they never drift, need no memory, and differ from collector to collector.';
