create or replace function _noetl.push_lock()
returns integer
language sql
immutable
parallel safe
return 1886745448;

comment on function _noetl.push_lock() is
  'The first key of the advisory locks of pushes. With the hash of its name as the second, a group: its pushes are one after another. With 0, all of them: every push shares it, and who changes the type of a family has it alone.';
