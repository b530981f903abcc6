create or replace function _noetl.is_quiet()
returns boolean
language sql
stable
parallel safe
return coalesce(nullif(current_setting('noetl.quiet', true), '')::boolean, _noetl.is_folded());

comment on function _noetl.is_quiet() is
  'Whether the fold has read everything that is committed, so that state alone is the page. Who asks several times of one snapshot puts the answer into the setting noetl.quiet meanwhile.';
