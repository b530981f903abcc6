-- After begin_install.sql, before anything is replaced: installs are one after another, and no fold runs, which holds every view and
-- table that an install changes.
do $$
begin
  set local lock_timeout = 0;
  lock table _noetl.migration in share row exclusive mode;
  if to_regclass('_noetl.lock') is not null then
    set local lock_timeout = '30s';
    perform from _noetl.lock as l where l.name = 'fold' for update;
  end if;
  -- for a table or view: who waits for a busy one makes its writers wait
  set local lock_timeout = '500ms';
end
$$;
