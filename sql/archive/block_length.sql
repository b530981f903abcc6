create or replace function _noetl.block_length(every interval)
returns interval
language sql
immutable
parallel safe
return case
  when every < interval '5 seconds' then interval '1 hour'
  when every < interval '60 seconds' then interval '6 hours'
  else interval '24 hours'
end;

comment on function _noetl.block_length(interval) is
  'How long the archive keeps a block open whose scrapes are so far apart: long enough that its chunks are compressed, which takes a thousand samples, short enough that one is quickly closed and read.';
