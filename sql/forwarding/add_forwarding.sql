create or replace function noetl.add_forwarding(
  name text,
  url text,
  since timestamptz default null,
  selector text default '',
  labels jsonb default null,
  headers jsonb default '{}',
  bearer_token text default null,
  username text default null,
  password text default null,
  skip interval default '5 minutes',
  timeout interval default '30 seconds',
  batch_samples integer default 10000,
  batch_bytes integer default 4000000,
  batch_span interval default '30 minutes'
)
returns void
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  wanted _noetl.forwarding_target;
  fault text;
begin
  begin
    wanted.matchers := _noetl.series_matchers(add_forwarding.selector);
  exception
    when others then
      fault := 'selector: ' || sqlerrm;
  end;
  wanted.name := add_forwarding.name;
  wanted.url := add_forwarding.url;
  wanted.selector := coalesce(add_forwarding.selector, '');
  wanted.labels := add_forwarding.labels;
  wanted.headers := add_forwarding.headers;
  wanted.bearer_token := add_forwarding.bearer_token;
  wanted.username := add_forwarding.username;
  wanted.password := add_forwarding.password;
  wanted.skip := add_forwarding.skip;
  wanted.timeout := add_forwarding.timeout;
  wanted.batch_samples := add_forwarding.batch_samples;
  wanted.batch_bytes := add_forwarding.batch_bytes;
  wanted.batch_span := add_forwarding.batch_span;
  fault := coalesce(fault, _noetl.forwarding_fault(wanted));
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value', column = split_part(fault, ':', 1);
  end if;
  perform noetl.declare_metric('noetl_forward_lag_seconds', 'gauge', 'Age of the oldest sample that has not been forwarded.', 'seconds', per_component => false);
  perform noetl.declare_metric('noetl_forward_samples_total', 'counter', 'Samples forwarded by target and outcome (sent, skipped: refused by the target).', per_component => false);
  perform noetl.declare_metric('noetl_forward_failures_total', 'counter', 'Requests to targets of forwarding that failed; each is repeated.', per_component => false);
  -- imports that are under way do not know of the target: its rounds find what they bring
  perform _noetl.take_lock('clocks');
  -- what is older than all there is does not have to be looked through
  wanted.started_at := date_trunc('milliseconds', coalesce(
    greatest(since, (select min(l.first_at) - interval '1 second' from _noetl.line as l where isfinite(l.first_at))),
    (select max(s.last_at) from _noetl.scraper as s),
    clock_timestamp()));
  insert into _noetl.forwarding_target as t (
    name, url, selector, matchers, labels, headers, bearer_token, username, password, skip, timeout, batch_samples, batch_bytes, batch_span, started_at)
  values (
    wanted.name, wanted.url, wanted.selector, wanted.matchers, wanted.labels, wanted.headers, wanted.bearer_token, wanted.username, wanted.password,
    wanted.skip, wanted.timeout, wanted.batch_samples, wanted.batch_bytes, wanted.batch_span, wanted.started_at)
  on conflict on constraint forwarding_target_pkey do update set
    url = excluded.url, selector = excluded.selector, matchers = excluded.matchers, labels = excluded.labels, headers = excluded.headers,
    bearer_token = excluded.bearer_token, username = excluded.username, password = excluded.password, skip = excluded.skip, timeout = excluded.timeout,
    batch_samples = excluded.batch_samples, batch_bytes = excluded.batch_bytes, batch_span = excluded.batch_span,
    enabled = true, attempts = 0, due_at = null, refused_since = null, metadata_at = null, lease = null, leased_until = null,
    started_at = case when since is null then t.started_at else excluded.started_at end,
    after_line = case when since is null then t.after_line end;
  if since is not null then
    delete from _noetl.forwarding_cursor as c where c.target = wanted.name;
    delete from _noetl.late_samples as l where l.target = wanted.name;
  end if;
  insert into _noetl.forwarding_cursor (target, scraper, at)
  select wanted.name, s.scraper, case when since is null then s.last_at else wanted.started_at end
  from _noetl.scraper as s
  where s.last_at is not null
  on conflict do nothing;
end
$$;

comment on function noetl.add_forwarding(text, text, timestamptz, text, jsonb, jsonb, text, text, text, interval, interval, integer, integer, interval) is
  'Forwards every sample of the archive to a receiver of Prometheus remote write 1.0 from now on, or changes how. url: where it takes them, such as http://vm:8428/api/v1/write. since: backfill, that is begin with what the archive has from then on; given for a target that there is, all from then on is sent again. selector: only series that it selects. labels: added where a series has none of the name; null: the setting external_labels. headers, bearer_token, or username and password: in them and in url {env:NOETL_SECRET_…} and {file:name} are replaced by the server that sends, the file in its folder NOETL_SECRETS_DIR; tokens and passwords must be given so. skip: how long what the target refuses (4xx but 429) is offered to it before it is passed over, null: for ever; see sql/forwarding/README.md. A request holds at most batch_samples samples and batch_bytes bytes before compression, of at most batch_span of time. Inverse: noetl.drop_forwarding(text).';
