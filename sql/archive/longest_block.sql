create or replace function _noetl.longest_block()
returns interval
language sql
immutable
parallel safe
return interval '168 hours';

comment on function _noetl.longest_block() is 'No chunk holds samples that lie farther than this behind the beginning of its block.';
