create or replace view _noetl.readiness as
with bound as (
  select _noetl.interval_setting('ready_within') as within, _noetl.interval_setting('scrape_interval') as every
)
select c.name, c.ok is true as ok, c.detail
from bound as b
cross join lateral (
  select 1, 'database', not (pg_is_in_recovery() or current_setting('transaction_read_only')::boolean),
    case when pg_is_in_recovery() then 'a standby' when current_setting('transaction_read_only')::boolean then 'read-only' else 'writable' end
  union all
  select 2, 'schedule', s.ticked_at >= clock_timestamp() - b.within, 'the last tick: ' || coalesce(_noetl.iso_time(s.ticked_at), 'never')
  from (select) as one
  left join _noetl.collector_schedule as s on true
  union all
  select 3, 'fold', f.folded_at >= clock_timestamp() - b.within, 'the last fold: ' || coalesce(_noetl.iso_time(f.folded_at), 'never')
  from _noetl.feed as f
  union all
  select 4, 'scrape', s.last_at >= clock_timestamp() - b.within - b.every, 'the last scrape: ' || coalesce(_noetl.iso_time(s.last_at), 'never')
  from _noetl.scraper as s
  where s.scraper = 0
) as c (place, name, ok, detail)
order by c.place;

comment on view _noetl.readiness is
  'One row is one thing that must be so for the installation to do its work: the database can be written to, and the schedule, the fold and the scrape of the page have each done so within the setting ready_within. On a full disk none of the three goes on.';
