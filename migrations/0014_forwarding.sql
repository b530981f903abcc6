-- Where the archive is forwarded to by remote write, and how far each target has come.
create table _noetl.forwarding_target (
  name text primary key,
  url text not null,
  selector text not null,
  matchers jsonb not null,
  labels jsonb,
  headers jsonb not null,
  bearer_token text,
  username text,
  password text,
  skip interval,
  timeout interval not null,
  batch_samples integer not null,
  batch_bytes integer not null,
  batch_span interval not null,
  enabled boolean not null default true,
  started_at timestamptz not null,
  after_line integer,
  lease uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  due_at timestamptz,
  refused_since timestamptz,
  metadata_at timestamptz,
  sent bigint not null default 0,
  sent_at timestamptz,
  skipped bigint not null default 0,
  failed bigint not null default 0,
  failed_at timestamptz,
  error text,
  constraint forwarding_target_name_is_not_empty check (name <> ''),
  constraint forwarding_target_headers_is_an_object check (jsonb_typeof(headers) = 'object')
) with (fillfactor = 50);

comment on table _noetl.forwarding_target is 'One row is one receiver of remote write; see the view noetl.forwarding and noetl.add_forwarding().';
comment on column _noetl.forwarding_target.matchers is 'What selector says: only lines that match all of them are forwarded.';
comment on column _noetl.forwarding_target.labels is 'Added to each series that has none of the name; null: the setting external_labels.';
comment on column _noetl.forwarding_target.headers is 'Of HTTP, {name: value}. {env:NOETL_SECRET_…} and {file:name} in it, in url, bearer_token, username and password stand for secrets that the server which sends looks up.';
comment on column _noetl.forwarding_target.skip is 'For how long what the target refuses is offered to it; null: for ever.';
comment on column _noetl.forwarding_target.batch_bytes is 'The most bytes of a request before it is compressed.';
comment on column _noetl.forwarding_target.batch_span is 'The most time of the archive of which a round sends samples.';
comment on column _noetl.forwarding_target.started_at is 'Only later samples are forwarded.';
comment on column _noetl.forwarding_target.after_line is 'A round is under way and lines up to this one are done; null: none is.';
comment on column _noetl.forwarding_target.lease is 'Whose turn it is: a number that the server has made up which sends.';
comment on column _noetl.forwarding_target.attempts is 'How many attempts have failed since the last that did not.';
comment on column _noetl.forwarding_target.due_at is 'Nothing is sent before; null: at once.';
comment on column _noetl.forwarding_target.refused_since is 'Since when the target has refused everything that was offered to it; null: it does not.';
comment on column _noetl.forwarding_target.sent is 'How many samples it has taken; skipped: how many it has refused for good; failed: how many requests failed.';

create table _noetl.forwarding_cursor (
  target text not null references _noetl.forwarding_target on delete cascade,
  scraper integer not null references _noetl.scraper on delete cascade,
  at timestamptz not null,
  until_at timestamptz,
  primary key (target, scraper)
) with (fillfactor = 50);

comment on table _noetl.forwarding_cursor is
  'One row is how far one target has come with the lines of one scraper. The scrapes of one scraper are committed in the order of their times, those of several are not. Lines that no scraper has count as the page''s.';
comment on column _noetl.forwarding_cursor.at is 'What is later has not been sent.';
comment on column _noetl.forwarding_cursor.until_at is 'What is not later is sent in the round that is under way; null: nothing is.';

create table _noetl.late_samples (
  late_id bigint generated always as identity primary key,
  target text not null references _noetl.forwarding_target on delete cascade,
  line_ids integer[] not null,
  at_ms bigint[] not null,
  vals double precision[] not null,
  kept_at timestamptz not null default now()
);

comment on table _noetl.late_samples is
  'One row is samples that were imported and that a target has yet to be sent as far as its cursor has passed them: what stands in the archive later comes with its round.';
comment on column _noetl.late_samples.line_ids is 'The line of each sample; at_ms: its time in milliseconds since 1970; vals: its value, null: the line was found to have ended.';

create index late_samples_target on _noetl.late_samples (target, late_id);
