create or replace view noetl.forwarding as
select
  t.name,
  -- a path may hold a token
  regexp_replace(t.url, '^(\w+://)(?:[^/@]*@)?([^/?#]*).*$', '\1\2') as url,
  case
    when not t.enabled then 'paused'
    when t.attempts > 0 then 'failing'
    when l.lag_seconds > 2 * greatest(extract(epoch from _noetl.interval_setting('scrape_interval')), 30) then 'behind'
    else 'current'
  end as state,
  l.at as cursor_at,
  l.lag_seconds,
  round(case when l.behind and l.newest_at > t.started_at
    then extract(epoch from l.at - t.started_at) / extract(epoch from l.newest_at - t.started_at) else 1 end, 3) as progress_ratio,
  t.sent,
  t.sent_at,
  t.skipped,
  t.failed,
  t.failed_at,
  t.error,
  t.due_at as retry_at,
  t.started_at,
  t.selector,
  t.labels,
  t.skip,
  t.batch_samples,
  t.batch_bytes,
  t.batch_span
from _noetl.forwarding_target as t
left join _noetl.forwarding_lag as l on l.target = t.name;

comment on view noetl.forwarding is
  'One row is one receiver of remote write, how far it has come and how it went. noetl.add_forwarding() adds or changes one, noetl.drop_forwarding() removes it, noetl.pause_forwarding() and noetl.resume_forwarding() turn it off and on.';
comment on column noetl.forwarding.url is 'Where to: only its beginning, of which nothing is secret.';
comment on column noetl.forwarding.state is 'current; behind: there is more to send than two scrapes; failing: the last request failed and is repeated at retry_at; paused.';
comment on column noetl.forwarding.cursor_at is 'All samples up to then have been sent.';
comment on column noetl.forwarding.lag_seconds is 'How long ago the last sample was made after which all are still to be sent, in seconds; 0: none is to be sent.';
comment on column noetl.forwarding.progress_ratio is 'How much of the time since started_at has been sent, from 0 to 1: of a backfill how far it is.';
comment on column noetl.forwarding.sent is 'How many samples it has taken.';
comment on column noetl.forwarding.skipped is 'How many samples it has refused for good: they are missing there.';
comment on column noetl.forwarding.failed is 'How many requests have failed; each is repeated, later and later.';
comment on column noetl.forwarding.error is 'What it said, or what happened, when a request last failed or was refused; null: none has been.';
comment on column noetl.forwarding.skip is 'For how long what it refuses is offered to it; null: for ever.';
comment on column noetl.forwarding.batch_bytes is 'The most bytes of a request before it is compressed.';
