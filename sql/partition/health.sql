create or replace view noetl.health as
select
  _noetl.days_covered(now()) as partition_days_ahead;

comment on view noetl.health is 'The one row says how the installation stands. partition_days_ahead: days after today that have a partition, without a gap.';
