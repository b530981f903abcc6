create or replace function _noetl.block_length(every interval)
returns interval
language sql
immutable
parallel safe
begin atomic
  select coalesce(min(l.length), interval '24 hours')
  from (values (interval '20 minutes'), ('1 hour'), ('2 hours'), ('6 hours'), ('12 hours')) as l (length)
  where l.length >= every * 960;
end;

comment on function _noetl.block_length(interval) is
  'How long the archive keeps a block open whose scrapes are so far apart: a thousand scrapes or more, so that its chunks are compressed, and few enough that a bundle is closed within a second.';
