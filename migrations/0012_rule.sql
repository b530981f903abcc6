-- Rules: what is asked of the archive after each scrape, and what came of it.
create sequence _noetl.rule_position;

comment on sequence _noetl.rule_position is 'Where a rule stands in its group: rules are evaluated in the order in which they were made.';

create table _noetl.rule_group (
  name text primary key,
  every interval,
  evaluated_at timestamptz,
  duration_seconds double precision,
  constraint rule_group_name_is_not_empty check (name <> ''),
  constraint rule_group_every_is_a_second_or_more check (every >= interval '1 second')
) with (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.rule_group is
  'One row is one group of rules, which are evaluated one after another at one time, and its last evaluation. Its lock sees to it that no evaluation happens twice.';
comment on column _noetl.rule_group.every is 'How often it is evaluated; null: after each scrape.';
comment on column _noetl.rule_group.evaluated_at is 'The time that its rules were last evaluated for; null: never yet.';
comment on column _noetl.rule_group.duration_seconds is 'How long that took, in seconds.';

create table _noetl.alert_override (
  name text primary key,
  rule_group text,
  expression text,
  "for" interval,
  keep_firing_for interval,
  labels jsonb,
  annotations jsonb,
  enabled boolean,
  position bigint not null default nextval('_noetl.rule_position'),
  changed_at timestamptz not null default now(),
  constraint alert_override_name_is_not_empty check (name <> ''),
  constraint alert_override_for_is_not_negative check ("for" >= interval '0'),
  constraint alert_override_keep_firing_for_is_not_negative check (keep_firing_for >= interval '0'),
  constraint alert_override_labels_is_an_object check (jsonb_typeof(labels) = 'object'),
  constraint alert_override_annotations_is_an_object check (jsonb_typeof(annotations) = 'object')
);

comment on table _noetl.alert_override is
  'One row is what an installation says otherwise about one alert rule, or a rule of its own; null: as the default has it. See the view noetl.alert_rule.';

create table _noetl.recording_rule (
  name text not null,
  labels jsonb not null default '{}',
  rule_group text not null,
  expression text not null,
  enabled boolean not null default true,
  position bigint not null default nextval('_noetl.rule_position'),
  changed_at timestamptz not null default now(),
  primary key (name, labels),
  constraint recording_rule_labels_is_an_object check (jsonb_typeof(labels) = 'object')
);

comment on table _noetl.recording_rule is 'One row is one recording rule; see the view noetl.recording_rule.';

create table _noetl.rule_state (
  rule text primary key,
  expression text not null,
  tree jsonb,
  texts jsonb not null,
  templates jsonb,
  scraper integer references _noetl.scraper,
  evaluated_at timestamptz,
  duration_seconds double precision,
  error text,
  failures bigint not null default 0
) with (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.rule_state is 'One row is one rule as it was last evaluated.';
comment on column _noetl.rule_state.rule is 'Which one it is, as _noetl.rule has it.';
comment on column _noetl.rule_state.expression is 'What tree was made of: another, and it is parsed again.';
comment on column _noetl.rule_state.tree is 'The expression as noetl.parse_promql(text) gives it; null: it does not parse any more.';
comment on column _noetl.rule_state.texts is 'What templates was made of: the rule''s labels and annotations.';
comment on column _noetl.rule_state.templates is 'These as _noetl.parse_template(text) gives them, {"labels": {…}, "annotations": {…}}.';
comment on column _noetl.rule_state.scraper is 'Under which the archive keeps what the rule yields; null: it has not yielded anything yet.';
comment on column _noetl.rule_state.duration_seconds is 'How long the evaluation took, in seconds.';
comment on column _noetl.rule_state.error is 'Why the last evaluation failed; null: it did not.';
comment on column _noetl.rule_state.failures is 'How many evaluations have failed.';

create table _noetl.rule_sample (
  rule text not null references _noetl.rule_state on delete cascade,
  name text not null,
  labels jsonb not null,
  value double precision not null
) with (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.rule_sample is 'One row is one line of the page that a rule yielded at its last evaluation: a recorded series, ALERTS or ALERTS_FOR_STATE.';
comment on column _noetl.rule_sample.labels is 'Strings, without the name.';

create index rule_sample_rule on _noetl.rule_sample (rule);

create table _noetl.alert (
  alert_id bigint generated always as identity primary key,
  rule text not null,
  labels jsonb not null,
  annotations jsonb not null,
  state text not null,
  value double precision not null,
  active_at timestamptz not null,
  fired_at timestamptz,
  absent_since timestamptz,
  resolved_at timestamptz,
  constraint alert_state_is_known check (state in ('pending', 'firing', 'resolved'))
) with (fillfactor = 70, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.alert is 'One row is one alert that is pending or firing, or was until a short while ago, so that everybody can still be told; see the view noetl.alert.';
comment on column _noetl.alert.labels is 'Those of the series that the expression yielded, those of the rule, and alertname.';
comment on column _noetl.alert.active_at is 'The evaluation that the expression has yielded the series since without a break.';
comment on column _noetl.alert.fired_at is 'The evaluation that made it fire; null: it is pending.';
comment on column _noetl.alert.absent_since is 'The first evaluation that did not yield the series any more, which keep_firing_for counts from; null: the last one did.';
comment on column _noetl.alert.resolved_at is 'The evaluation that ended it; null: it goes on.';

create index alert_rule on _noetl.alert (rule);

create table _noetl.alert_event (
  at timestamptz not null,
  rule text not null,
  labels jsonb not null,
  annotations jsonb not null,
  state text not null,
  value double precision,
  active_at timestamptz not null,
  constraint alert_event_state_is_known check (state in ('pending', 'firing', 'resolved', 'inactive'))
);

comment on table _noetl.alert_event is 'One row is one change of the state of one alert; see the view noetl.alert_history.';

create index alert_event_at on _noetl.alert_event (at);

-- What alerts are on the page by, as in every Prometheus.
with declared as (
  insert into _noetl.family (name, metric_type, help, per_component, declared, starts_at_zero)
  values
    ('ALERTS', 'gauge', 'Alerts that are pending or firing.', false, true, true),
    ('ALERTS_FOR_STATE', 'gauge', 'Since when an alert is pending or firing, as a Unix time.', false, true, true)
  returning family_id, name
)
insert into _noetl.claimed_name (name, family_id)
select d.name, d.family_id from declared as d;
