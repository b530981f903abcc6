create or replace function noetl.verify(migrations text[] default null)
returns table (checked text, ok boolean, saw text, remedy text)
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  collector text;
  begun timestamptz;
begin
  return query select c.checked, c.ok, c.saw, c.remedy from _noetl.installation_check(verify.migrations) as c;
  for collector in
    select c.name from noetl.collector as c where c.enabled order by c.origin, c.probe is not null, c.name
  loop
    return query select c.checked, c.ok, c.saw, c.remedy from _noetl.collector_check(collector) as c;
  end loop;
  begun := clock_timestamp();
  return query
    select 'page', true, format('%s families, %s samples in %s ms', p.families, p.samples, round(extract(epoch from clock_timestamp() - begun) * 1000)), null::text
    from (select count(*) as families, coalesce(sum(e.samples), 0) as samples from noetl.prometheus_exposition as e where e.body is not null) as p;
end
$$;

comment on function noetl.verify(text[]) is
  'Does every part of the installation work? One row is one check: whether it is ok, what it saw, and what to do if it is not (null: nothing). Runs every collector, all in one transaction, so a statement_timeout bounds them together. migrations: those that there should be; null: whichever there are. noetl-metrics verify prints it.';
