-- Who is told of alerts, and what they have been told.
create table _noetl.notification_target (
  name text primary key,
  kind text not null,
  target text not null,
  matchers jsonb not null default '[]',
  group_by text[] not null default '{alertname}',
  group_wait interval not null default '30 seconds',
  group_interval interval not null default '5 minutes',
  repeat_interval interval not null default '4 hours',
  send_resolved boolean not null default true,
  headers jsonb not null default '{}',
  timeout interval not null default '10 seconds',
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  sent bigint not null default 0,
  failed bigint not null default 0,
  sent_at timestamptz,
  failed_at timestamptz,
  error text,
  constraint notification_target_name_is_not_empty check (name <> ''),
  constraint notification_target_kind_is_known check (kind in ('alertmanager', 'webhook', 'slack', 'notify', 'sql')),
  constraint notification_target_headers_is_an_object check (jsonb_typeof(headers) = 'object')
) with (fillfactor = 50);

comment on table _noetl.notification_target is 'One row is one receiver of notifications; see the view noetl.notification.';
comment on column _noetl.notification_target.target is
  'A URL, a channel, or a function by schema and name. {env:NAME} and {file:NAME} stand for secrets that the server which delivers looks up.';
comment on column _noetl.notification_target.headers is 'Of HTTP, {name: value}, with secrets as in target.';

create table _noetl.notification_group (
  target text not null references _noetl.notification_target on delete cascade,
  labels jsonb not null,
  due_at timestamptz not null,
  leased_until timestamptz,
  attempts integer not null default 0,
  sent_at timestamptz,
  firing bigint[] not null default '{}',
  resolved bigint[] not null default '{}',
  primary key (target, labels)
) with (fillfactor = 50);

comment on table _noetl.notification_group is 'One row is the alerts that one target is told of together.';
comment on column _noetl.notification_group.labels is 'The values of the labels that the target groups by.';
comment on column _noetl.notification_group.due_at is 'Nothing more is said of it before.';
comment on column _noetl.notification_group.leased_until is 'Until when it is a server''s to notify of it, should that server not say how it went; null: nobody is at it.';
comment on column _noetl.notification_group.attempts is 'How many attempts have failed since the last that did not.';
comment on column _noetl.notification_group.sent_at is 'When the target last took a notification of it; null: never yet.';
comment on column _noetl.notification_group.firing is 'The alerts that were firing in that notification; resolved likewise.';

create table _noetl.notified (
  alert_id bigint not null references _noetl.alert on delete cascade,
  target text not null references _noetl.notification_target on delete cascade,
  active_at timestamptz not null,
  sent_at timestamptz not null,
  resolved boolean not null,
  primary key (alert_id, target)
) with (fillfactor = 50);

comment on table _noetl.notified is 'One row is what one target last heard of one alert.';
comment on column _noetl.notified.active_at is 'Which time of the alert that was: it may have been resolved and be back.';
comment on column _noetl.notified.resolved is 'True: that it is resolved.';

create table _noetl.silence (
  silence_id bigint generated always as identity primary key,
  matchers jsonb not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_by text not null,
  comment text not null,
  created_at timestamptz not null default now(),
  constraint silence_ends_after_it_starts check (ends_at >= starts_at)
);

comment on table _noetl.silence is 'One row is one silence; see the view noetl.silence.';
