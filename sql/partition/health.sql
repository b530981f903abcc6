create or replace view noetl.health as
select
  _noetl.days_covered(now()) as partition_days_ahead,
  array(select q.family from _noetl.quarantine as q order by q.family collate "C") as quarantined_families,
  (
    select array_agg(format('%s: %s (pid %s, %s, %s) since %s', h.what, h."user", h.pid, coalesce(nullif(h.application, ''), 'no application name'),
      coalesce(h.state, 'state unknown'), coalesce(h.since::text, 'an unknown time')) order by h.since)
    from _noetl.hindrance() as h
  ) as held_up_by;

comment on view noetl.health is 'The one row says how the installation stands. partition_days_ahead: days after today that have a partition, without a gap. quarantined_families: metric families that could not be folded, so that their samples do not count; noetl.release_metric() lets one back, noetl.drop_metric() removes it. held_up_by: who has kept the fold, maintenance or a server waiting for longer than 10 s; null: nobody.';
