comment on schema noetl is
  'noetl-metrics: a metrics system inside this database.
Write: insert into noetl.metric; noetl.inc(), observe(), set(), report().
Read: noetl.prometheus_exposition, openmetrics_exposition, prometheus_text(), openmetrics_text(), metrics.
Collectors: noetl.collector, collector_status; add_collector(), change_collector(), enable_collector(), disable_collector(), drop_collector(), run_collector().
Queues: noetl.queue, queue_health, queue_lease, queue_advice; detect_queues(), register_queue(), track_queue(), collect_queues().
Now and history: noetl.current_value, metric_history(), series_history(), rate(), histogram_quantile(); archive_size, partition, maintenance.
At a glance: noetl.top(), sparkline(), fastest_series(); dashboard, dashboard_panel; the page in the browser.
Archive: noetl.scrape(), import_samples(), import_text(), forget_lines(), compact_archive().
Forwarding: noetl.forwarding; add_forwarding(), pause_forwarding(), resume_forwarding(), drop_forwarding().
Presets: noetl.preset_metric, alert_rule; install_preset(), declare_metric(), alert_rules_yaml(), grafana_dashboard().
Components: noetl.runtime, component; register_runtime(), heartbeat(), sweep_runtimes().
Keep: noetl.fold(), rotate_events(), initialize_metric_partitions(), create_metric_partition(), create_metric_partitions_ahead(), cleanup_expired_metrics(), expired_partition, health.
Settings: noetl.setting; set_setting(), reset_setting().
Roles: noetl_reader, noetl_writer, noetl_admin; each may also do what the one before it may.';
