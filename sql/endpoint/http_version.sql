create or replace function _noetl.http_version()
returns text
language sql
stable
parallel safe
begin atomic
  select md5(string_agg(format('%s %s', p.oid, p.xmin), ',' order by p.oid))
  from pg_proc as p
  where p.pronamespace = to_regnamespace('_noetl') and (p.prorettype = to_regtype('_noetl.endpoint_definition') or p.proname = 'http_catalogue');
end;

comment on function _noetl.http_version() is 'Changes with every install, so that a server that runs reads _noetl.http_catalogue() again.';
