-- What requests over HTTP leave behind: answers to repeat, pushed groups, streams of OpenTelemetry.

-- What a request with an Idempotency-Key was answered, so that its retry is answered the same and stores nothing.
create table _noetl.request (
  key text primary key,
  digest bigint not null,
  answer jsonb,
  expires_at timestamptz not null,
  constraint request_key_is_not_too_long check (length(key) between 1 and 255)
);

comment on table _noetl.request is
  'One row is one request that named itself by an Idempotency-Key. It is written in the transaction that does what was asked for, so a request that failed leaves none.';
comment on column _noetl.request.digest is 'Of what was asked for: another request under the same key is an error.';
comment on column _noetl.request.answer is 'Null only inside the transaction that is doing it.';

create index request_expires on _noetl.request (expires_at);

create table _noetl.push_group (
  runtime_id bigint primary key references noetl.runtime on delete cascade,
  pushed_at timestamptz,
  failed_at timestamptz,
  expires_at timestamptz
) with (fillfactor = 70);

comment on table _noetl.push_group is 'One row is one pushed group that is on the page.';
comment on column _noetl.push_group.runtime_id is 'The component that stands for the group.';
comment on column _noetl.push_group.pushed_at is 'When a push last changed it; null: none has.';
comment on column _noetl.push_group.expires_at is 'When it is deleted unless there is another push; null: never.';
comment on column _noetl.push_group.failed_at is 'When a push was last refused; null: none has been.';

create table _noetl.pushed_family (
  runtime_id bigint not null references _noetl.push_group on delete cascade,
  name text not null,
  series_ids bigint[] not null,
  primary key (runtime_id, name)
);

comment on table _noetl.pushed_family is
  'One row is one metric family that a pushed group has on the page: what the next push of the group replaces.';
comment on column _noetl.pushed_family.series_ids is 'Its series on the page, ascending.';

create index pushed_family_name on _noetl.pushed_family (name);

create type _noetl.pushed_sample as (
  line bigint,
  family text,
  metric_type text,
  name text,
  labels jsonb,
  value double precision,
  help text,
  fault text,
  is_unreadable boolean,
  unit text,
  metadata jsonb
);

comment on type _noetl.pushed_sample is
  'One line of a pushed text: a sample with its family, or what is wrong with the line. is_unreadable: it is no text format at all. metadata: its exemplar.';

create type _noetl.written_series as (
  place bigint,
  name text,
  labels jsonb,
  at_ms bigint[],
  vals double precision[],
  fault text
);

comment on type _noetl.written_series is
  'One series of a remote write. at_ms: in milliseconds since 1970; vals: null is a stale marker. fault: why it cannot be stored; null: it can.';

create table _noetl.otlp_stream (
  series_id bigint primary key,
  runtime_id bigint not null references noetl.runtime on delete cascade,
  bounds double precision[] not null,
  counts double precision[],
  total double precision,
  observations double precision
) with (fillfactor = 70);

comment on table _noetl.otlp_stream is
  'One row is one OpenTelemetry histogram, summary, or sum of delta temporality: what the next data point adds to, and which bounds it has on the page.';
comment on column _noetl.otlp_stream.series_id is 'Fingerprint of component, type, name and labels, as of a sample without le and quantile.';
comment on column _noetl.otlp_stream.bounds is 'The bucket bounds or quantiles on the page, ascending.';
comment on column _noetl.otlp_stream.counts is 'How many observations each bucket has, not cumulated; null: the client adds them up itself.';
comment on column _noetl.otlp_stream.total is 'The sum of all deltas; null: there was none.';

create index otlp_stream_runtime on _noetl.otlp_stream (runtime_id);

create type _noetl.otlp_resource as (
  component text,
  component_type text,
  labels jsonb,
  page_labels jsonb
);

comment on type _noetl.otlp_resource is
  'What an OpenTelemetry resource is to us: a component, its other attributes as labels, and by which labels the page names it; null: component and component_type.';

create type _noetl.otlp_data_point as (
  component text,
  component_type text,
  resource jsonb,
  page_labels jsonb,
  name text,
  metric_type text,
  kind text,
  delta boolean,
  help text,
  unit text,
  labels jsonb,
  point jsonb,
  fault text
);

comment on type _noetl.otlp_data_point is
  'One data point of an OTLP request, as one family and label set of ours. kind: sum, gauge, histogram, exponentialHistogram or summary. fault: why it cannot be stored; null: it can.';

-- What an address of the HTTP API is to SQL: sql/api/README.md.
create domain _noetl.endpoint_definition as jsonb
  constraint endpoint_definition_names_its_operations check (jsonb_typeof(value -> 'operations') = 'object');

comment on domain _noetl.endpoint_definition is
  'What a function without arguments returns that declares addresses of the HTTP API; sql/api/README.md lists the fields.';

create type _noetl.answer as (status integer, headers jsonb, body text);

comment on type _noetl.answer is
  'What a function returns that decides on the status and headers of its answer. Null: those of its definition. Of several rows the first decides, and each is a piece of the body. A body beside a status from 400 on is a message, which is told in the form of the definition''s errors, unless the headers have a content-type.';
