alter table _noetl.queue_tracking add column tables oid[] not null default '{}';

comment on column _noetl.queue_tracking.tables is
  'The tables that carry the triggers: those of relations in their order, then their partitions. Oids, not regclass: a dump must load where the tables are missing.';
comment on column _noetl.queue_tracking.shape is
  'What the catalog said of these tables when the triggers were put there, as the view _noetl.tracking_shape has it: anything else, and the counts are not read. Null: they are not there yet.';
