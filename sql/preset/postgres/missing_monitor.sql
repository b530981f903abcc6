create or replace function _noetl.missing_monitor()
returns text
language sql
stable
parallel safe
return nullif(concat_ws('; ',
  case when not pg_has_role('pg_read_all_stats', 'usage') then
    'without pg_monitor the sessions of other roles are counted as hidden, and neither their states, waits and ages nor their statements and the sizes of other databases are seen' end,
  case when not has_function_privilege('pg_ls_waldir()', 'execute') then 'without pg_monitor the size of the log on disk is not seen' end,
  case when not exists (select from pg_extension as e where e.extname = 'pg_stat_statements') then 'without the extension pg_stat_statements no statement is seen' end), '');

comment on function _noetl.missing_monitor() is 'What the preset postgres cannot see with the rights of the installation''s owner, and why; null: it sees all.';
