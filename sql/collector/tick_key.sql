create or replace function _noetl.tick_key(server bigint default null)
returns text
language sql
immutable
parallel safe
return 'noetl:tick' || coalesce(':' || server, '');

comment on function _noetl.tick_key(bigint) is
  'The name of the task, and the key of the one job, that is a tick of a server''s own; null: one for all servers.';
