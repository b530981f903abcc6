alter table _noetl.queue_fault add column is_relaid boolean not null default false;

comment on column _noetl.queue_fault.is_relaid is
  'True: other tables are to be tracked, so that triggers must be put in place again; counting does not heal that.';
