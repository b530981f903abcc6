create or replace view _noetl.intake_limit as
select
  max(s.value::integer) filter (where s.name = 'max_name_bytes') as name_bytes,
  max(s.value::integer) filter (where s.name = 'max_labels') as labels,
  max(s.value::integer) filter (where s.name = 'max_label_value_bytes') as label_value_bytes,
  max(s.value::integer) filter (where s.name = 'max_labels_bytes') as labels_bytes,
  max(s.value::integer) filter (where s.name = 'max_help_bytes') as help_bytes,
  max(s.value::integer) filter (where s.name = 'max_unit_bytes') as unit_bytes,
  max(s.value::integer) filter (where s.name = 'max_metadata_bytes') as metadata_bytes,
  max(s.value::integer) filter (where s.name = 'max_buckets') as buckets,
  max(s.value::integer) filter (where s.name = 'max_component_families') as component_families,
  max(s.value::integer) filter (where s.name = 'max_families') as families,
  max(s.value) filter (where s.name = 'max_ahead') as ahead,
  clock_timestamp() + max(s.value::interval) filter (where s.name = 'max_ahead') as latest
from noetl.setting as s
where s.name in (
  'max_name_bytes', 'max_labels', 'max_label_value_bytes', 'max_labels_bytes', 'max_help_bytes', 'max_unit_bytes', 'max_metadata_bytes',
  'max_buckets', 'max_component_families', 'max_families', 'max_ahead');

comment on view _noetl.intake_limit is 'The one row has the settings that bound what comes in, so that they are looked up together.';
comment on column _noetl.intake_limit.latest is 'The latest timestamp that a sample may have now.';
comment on column _noetl.intake_limit.name_bytes is 'The setting max_name_bytes.';
comment on column _noetl.intake_limit.label_value_bytes is 'The setting max_label_value_bytes.';
comment on column _noetl.intake_limit.labels_bytes is 'The setting max_labels_bytes.';
comment on column _noetl.intake_limit.help_bytes is 'The setting max_help_bytes.';
comment on column _noetl.intake_limit.unit_bytes is 'The setting max_unit_bytes.';
comment on column _noetl.intake_limit.metadata_bytes is 'The setting max_metadata_bytes.';
