create or replace function _noetl.report_hindrance()
returns void
language plpgsql
stable
parallel restricted
set search_path = pg_catalog, pg_temp
as $$
declare
  found text := (
    select string_agg(format('%s (pid %s, %s, %s) has held up %s since %s', h."user", h.pid, coalesce(nullif(h.application, ''), 'no application name'),
      coalesce(h.state, 'state unknown'), h.what, coalesce(h.since::text, 'an unknown time')), '; ' order by h.since)
    from _noetl.hindrance() as h);
begin
  if found is not null then
    raise exception '%', found using errcode = 'lock_not_available', hint = 'pg_terminate_backend(pid) ends a session.';
  end if;
end
$$;

comment on function _noetl.report_hindrance() is 'An error that says who keeps the installation waiting, for the log of a server; nobody: nothing.';
