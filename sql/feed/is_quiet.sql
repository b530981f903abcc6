create or replace function _noetl.is_quiet()
returns boolean
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
-- as in _noetl.read_feed()
set jit = off
as $$
begin
  return not exists (select from _noetl.unfolded) and not exists (select from _noetl.sighting);
end
$$;

comment on function _noetl.is_quiet() is 'Whether the fold has read everything that is committed, so that state alone is the page.';
