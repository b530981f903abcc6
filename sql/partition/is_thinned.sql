create or replace function _noetl.is_thinned()
returns boolean
language sql
stable
parallel safe
begin atomic
  select k.thin_after is not null and (k.retention > k.thin_after) is not false
  from (select _noetl.interval_setting('thin_after') as thin_after, _noetl.interval_setting('archive_retention') as retention) as k;
end;

comment on function _noetl.is_thinned() is 'Whether the archive thins scrapes before it drops them.';
