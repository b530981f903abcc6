create or replace view _noetl.role_privilege as
with listed as (
  select r.role, 'use' as privilege, o.object, null::text[] as columns
  from (values
    -- a line for each concern: what the reader, also the writer, and also the admin may select from or execute
    ('{sample, metric, metrics}'::text[], '{report, inc, inc_many, observe, observe_many, set, set_many}'::text[], '{}'::text[]),
    ('{prometheus_exposition, prometheus_text, openmetrics_exposition, openmetrics_text, page_since}', '{}', '{fold, rotate_events}'),
    ('{family, cardinality, label_rule, suggested_buckets}', '{declare_metric}', '{add_label_rule, drop_label_rule, release_metric, drop_metric}'),
    ('{runtime, component}', '{register_runtime, heartbeat, use_component}', '{sweep_runtimes}'),
    ('{setting}', '{}', '{set_setting, reset_setting}'),
    ('{current_value, metric_history, series_history, rate, histogram_quantile}', '{}', '{}'),
    ('{archive_size}', '{}', '{scrape, import_samples, import_text, forget_lines, compact_archive}'),
    ('{health, partition, expired_partition}', '{}',
      '{verify, initialize_metric_partitions, create_metric_partition, create_metric_partitions_ahead, cleanup_expired_metrics}'),
    ('{maintenance, maintenance_step}', '{}', '{maintain, remove_idle_series}'),
    ('{preset_metric}', '{}', '{install_preset}'),
    ('{dashboard, dashboard_panel}', '{}', '{}'),
    ('{parse_promql, format_promql, query, query_range, query_json, sparkline, fastest_series, top}', '{}', '{}'),
    ('{openapi}', '{}', '{}'),
    ('{alert_rule, recording_rule, rule_group, alert, alert_history, silence, notification}', '{}',
      '{set_alert_rule, reset_alert_rule, set_recording_rule, drop_recording_rule, set_rule_group, evaluate_rules,
      add_silence, end_silence, add_notification, drop_notification, enable_notification, disable_notification}'),
    ('{forwarding}', '{}', '{add_forwarding, drop_forwarding, pause_forwarding, resume_forwarding}'),
    ('{collector, collector_status}', '{}',
      '{add_collector, import_collectors, change_collector, enable_collector, disable_collector, drop_collector, run_collector,
      tick, begin_tick, run_work, postgres_statement, blocked_session}'),
    ('{queue, queue_health, queue_lease, queue_advice, detect_queues}', '{}',
      '{register_queue, unregister_queue, track_queue, untrack_queue, renew_tracking, recount_queue, collect_queue, collect_queues}'),
    ('{}', '{push_grouping, push_metrics, push_failed, delete_push_group, expire_push_groups}', '{}')
  ) as concern (reader, writer, admin)
  cross join lateral (values
    ('noetl_reader', concern.reader), ('noetl_writer', concern.writer), ('noetl_admin', concern.admin)
  ) as r (role, objects)
  cross join lateral unnest(r.objects) as o (object)
)
select l.role, l.privilege, l.object, l.columns from listed as l
union all
-- what is called over HTTP alone has the rights that its address asks for
(
  select distinct on (p.proname) 'noetl_' || case e.right when 'none' then 'reader' else e.right end, 'use', p.proname::text, null::text[]
  from _noetl.endpoint as e
  join pg_proc as p on p.oid = e.function
  where p.proname not in (select l.object from listed as l)
  order by p.proname, array_position('{none,reader,writer,admin}', e.right)
)
union all
-- neither xid, by which the fold knows what to add, nor metric_id
select 'noetl_writer', 'insert', o.object,
  '{runtime_id, metric_name, metric_type, metric_value, labels, help_text, unit, timestamp, created_at, expires_at, metadata}'
from unnest('{metric, metrics}'::text[]) as o (object)
union all
select 'noetl_admin', p.privilege, p.object, null
from (values ('delete', 'runtime'), ('insert', 'dashboard_panel'), ('update', 'dashboard_panel'), ('delete', 'dashboard_panel')) as p (privilege, object);

comment on view _noetl.role_privilege is
  'Who may do what: one row is one object of the schema noetl, and the least role that may use, insert into or delete from it; each role also may what the one before it may. What is not listed is its owner''s alone.';
comment on column _noetl.role_privilege.columns is 'Which columns may be given; null: all.';
