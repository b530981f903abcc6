create or replace function _noetl.feed_is_empty()
returns boolean
language sql
stable
parallel safe
return coalesce(nullif(current_setting('noetl.quiet', true), '')::boolean, false);

comment on function _noetl.feed_is_empty() is
  'Whether who reads the page knows, and has said by the setting noetl.quiet, that the fold has read everything that is committed: so that nobody asks the feed again.';
