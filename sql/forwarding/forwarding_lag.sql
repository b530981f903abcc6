create or replace view _noetl.forwarding_lag as
select
  t.name as target,
  min(coalesce(c.at, t.started_at)) as at,
  min(coalesce(c.at, t.started_at)) filter (where s.last_at > coalesce(c.at, t.started_at)) is not null as behind,
  max(s.last_at) as newest_at,
  coalesce(extract(epoch from greatest(
    clock_timestamp() - min(coalesce(c.at, t.started_at)) filter (where s.last_at > coalesce(c.at, t.started_at)), interval '0')), 0)::double precision as lag_seconds
from _noetl.forwarding_target as t
cross join _noetl.scraper as s
left join _noetl.forwarding_cursor as c on c.target = t.name and c.scraper = s.scraper
where s.last_at is not null
group by t.name;

comment on view _noetl.forwarding_lag is 'One row is one target of forwarding, and how far it is behind.';
comment on column _noetl.forwarding_lag.at is 'All samples up to then have been sent.';
comment on column _noetl.forwarding_lag.behind is 'Whether there are later ones.';
comment on column _noetl.forwarding_lag.lag_seconds is 'How long ago the last sample was made after which all are still to be sent, in seconds; 0: none is to be sent.';
