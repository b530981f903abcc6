-- Its result has other columns now, which create or replace refuses; the code that comes next makes it anew.
drop function if exists _noetl.otlp_point(jsonb);

-- Who reports once a minute is not gone after a minute without a word.
alter table noetl.runtime
  add column heartbeat_timeout interval,
  add constraint runtime_heartbeat_timeout_is_positive check (heartbeat_timeout > interval '0');

comment on column noetl.runtime.heartbeat_timeout is
  'A component that beats and has been silent for longer is offline; null: the setting heartbeat_timeout.';

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

create type _noetl.otlp_data_point as (
  component text,
  component_type text,
  resource jsonb,
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
