create or replace function _noetl.collector_check(collector text)
returns table (checked text, ok boolean, saw text, remedy text)
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  perform noetl.run_collector(c.name) from noetl.collector as c where c.name = collector and c.probe is null;
  return query
    select c.name, s.error is null, case
        when c.probe is not null then coalesce(s.error, format('servers that read it: %s', s.servers))
        when s.runs = 0 then 'is being run for the first time'
        else coalesce(s.error, format('%s samples in %s ms', s.samples, round(s.duration_seconds * 1000)))
      end,
      case when s.error is not null then case
        when c.probe is not null then 'See what hinders the server'
        when c.origin = 'queue' then 'Correct the queue with noetl.register_queue()'
        else 'Correct what its query reads'
      end || format(', or: select noetl.disable_collector(%L)', c.name) end
    from noetl.collector as c
    cross join lateral (
      select
        string_agg(case when c.probe is null then s.error else s.server || ': ' || s.error end, '; ') as error,
        count(s.server) as servers, max(s.runs) as runs, max(s.samples) as samples, max(s.duration_seconds) as duration_seconds
      from noetl.collector_status as s
      where s.name = c.name
        and (c.probe is null or s.server in (select r.name from noetl.runtime as r where r.component_type = 'server_api' and r.status in ('ready', 'busy')))
    ) as s
    where c.name = collector;
end
$$;

comment on function _noetl.collector_check(text) is
  'The row of noetl.verify() about one collector: runs it and says how that went; of a probe, what the servers have to say that run.';
