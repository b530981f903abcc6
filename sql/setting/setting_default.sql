create or replace view _noetl.setting_default as
select setting.name, setting.default_value, setting.value_type, setting.description, r.least, r.most
from (values
  ('retention', '1 day', 'retention', 'How long noetl.metric keeps a sample.'),
  ('scrape_interval', '15 seconds', 'interval', 'How often noetl scrapes its own page into the archive, from 1 second to 5 minutes.'),
  ('zero_start', 'on', 'boolean', 'Whether a counter that the database itself began has a 0 at the scrape before its first one, so that its first increment counts.'),
  ('thin_after', '30 days', 'retention', 'How long the archive keeps every scrape; afterwards it keeps one for each thinned_interval.'),
  ('thinned_interval', '5 minutes', 'interval', 'What old scrapes are thinned to.'),
  ('archive_retention', '2 years', 'retention', 'How long the archive keeps what it has thinned.'),
  ('import_retention', '2 years', 'retention', 'How long the archive keeps imported samples.'),
  ('staleness', '5 minutes', 'interval', 'A gauge whose last sample is older is not on the page.'),
  ('heartbeat_timeout', '1 minute', 'interval', 'A component that beats and has been silent for longer is offline.'),
  ('answer_bytes', '134217728', 'integer', 'An answer over HTTP that would be longer than this many bytes ends before with a next_cursor, where there is one, and is refused elsewhere, unless it is streamed.'),
  ('ready_within', '1 minute', 'interval', 'How long ago the last tick, fold and scrape may be for GET /ready to say that all goes on.'),
  ('partitions_ahead', '7', 'integer', 'Days of partitions that maintenance keeps ready after today.'),
  ('max_series', '2000', 'integer', 'New series of one family beyond this many are rejected.'),
  ('default_buckets', '{0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10}', 'double precision[]', 'Bucket bounds of a histogram that declares none.'),
  ('default_quantiles', '{0.5,0.9,0.95,0.99}', 'double precision[]', 'Quantiles of a summary that declares none.'),
  ('batch_limit', '10000', 'integer', 'The most samples that one request may bring.'),
  ('idempotency_retention', '1 day', 'interval', 'How long the answer to a request with an Idempotency-Key is kept for its retry.'),
  ('postgres_top', '50', 'integer', 'How many tables, indexes, sequences, slots and statements, the largest or busiest, the preset postgres shows.'),
  ('queue_label_limit', '100', 'integer', 'Queues inside one registered queue beyond this many are one called other.'),
  ('queue_memory', '7 days', 'interval', 'A queue inside a registered one that has held no job for so long is forgotten.'),
  ('queue_timeout', '5 seconds', 'interval', 'The statement_timeout under which a collector reads one queue.'),
  ('query_length', '65536', 'integer', 'The most characters that a PromQL expression may have.'),
  ('maintenance_lock_timeout', '25 milliseconds', 'interval', 'The longest that maintenance waits for a lock, and so the longest that a writer waits behind it.'),
  ('maintenance_patience', '5 seconds', 'interval', 'How long maintenance tries again for a lock that is not free, before it leaves a step for the next run.'),
  ('overflow_scan_bytes', '4194304', 'integer', 'An overflow larger than this is replaced instead of scanned under a lock.'),
  ('push_ttl', 'infinity', 'retention', 'How long after its last push a pushed group is deleted, where the push says nothing of it.'),
  ('otlp_job', 'off', 'boolean', 'Whether samples of OpenTelemetry have the labels job (service.namespace/service.name) and instance (service.instance.id), as its dashboards expect, instead of component and component_type. Of a component it holds from its next request on.'),
  ('external_url', '', 'text', 'Under which people reach this installation: links in notifications.'),
  ('external_labels', '{}', 'labels', 'Labels that tell this installation from others where its alerts and samples arrive, a JSON object of strings.'),
  ('resolved_retention', '15 minutes', 'interval', 'How long a resolved alert is kept so that every target hears of its end.'),
  ('alert_retention', '30 days', 'interval', 'How long noetl.alert_history and expired silences are kept.'),
  ('max_ahead', '10 minutes', 'interval', 'A sample whose timestamp is further ahead of the server''s clock is refused.'),
  ('max_name_bytes', '255', 'integer', 'The most bytes of the name of a metric or of a label.'),
  ('max_labels', '128', 'integer', 'The most labels of a series.'),
  ('max_label_value_bytes', '16384', 'integer', 'The most bytes of the value of a label.'),
  ('max_labels_bytes', '65536', 'integer', 'The most bytes of all labels of a series, names and values.'),
  ('max_help_bytes', '4096', 'integer', 'The most bytes of a help text.'),
  ('max_unit_bytes', '255', 'integer', 'The most bytes of a unit.'),
  ('max_metadata_bytes', '65536', 'integer', 'The most bytes of a sample''s metadata, as jsonb stores it.'),
  ('max_buckets', '1000', 'integer', 'The most bucket bounds of a histogram.'),
  ('max_component_families', '2000', 'integer', 'New families of one component beyond this many are refused.'),
  ('max_families', '10000', 'integer', 'New families beyond this many are refused.'),
  ('max_page_bytes', '134217728', 'integer', 'New series are rejected that would make the lines of the page longer than this many bytes.'),
  ('query_timeout', '2 minutes', 'interval', 'The longest that a query in PromQL may take.'),
  ('query_samples', '50000000', 'integer', 'The most samples that a query in PromQL may touch.')
) as setting (name, default_value, value_type, description)
left join (values
  ('scrape_interval', '1 second', '5 minutes'),
  -- what the insert trigger looks closer at is longer than this
  ('max_help_bytes', '1000', '100000'),
  ('max_unit_bytes', '100', '1000'),
  ('max_metadata_bytes', '1000', '10000000'),
  -- names are keys of indexes
  ('max_name_bytes', '1', '1000'),
  ('max_label_value_bytes', '1', '1000000'),
  ('max_labels_bytes', '1', '1000000'),
  ('max_labels', '1', '10000'),
  ('max_buckets', '1', '10000'),
  -- a string of JavaScript ends at 512 MB
  ('max_page_bytes', '1', '268435456'),
  ('answer_bytes', '1000', '268435456')
) as r (name, least, most) using (name);

comment on view _noetl.setting_default is 'One row is one setting with the value it has unless noetl.set_setting() says otherwise.';
comment on column _noetl.setting_default.least is 'The least that it may be set to; null: anything above 0.';
comment on column _noetl.setting_default.most is 'The most that it may be set to; null: whatever its type holds, of an interval 1000 years.';
