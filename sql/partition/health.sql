create or replace view noetl.health as
select
  _noetl.days_covered(now()) as partition_days_ahead,
  array(select q.family from _noetl.quarantine as q order by q.family collate "C") as quarantined_families;

comment on view noetl.health is 'The one row says how the installation stands. partition_days_ahead: days after today that have a partition, without a gap. quarantined_families: metric families that could not be folded, so that their samples do not count; noetl.release_metric() lets one back, noetl.drop_metric() removes it.';
