/** One call of everything public, in an order in which each works on an installation with the tables below. */
export const tables = `
  create table public.jobs (id bigint generated always as identity, state text not null, run_at timestamptz, started_at timestamptz, finished_at timestamptz);
  create index on public.jobs (run_at) where state = 'new';
  insert into public.jobs (state, run_at) values ('new', now() - interval '1 minute'), ('new', now() + interval '1 minute');
  select noetl.register_queue('jobs', 'public.jobs', status => 'state', ready_status => 'new', run_at => 'run_at');
  select noetl.track_queue('jobs');
  select noetl.add_collector('open_jobs', 'select count(*) as value from public.jobs');
  select noetl.inc('calls_total', '{"to": "a"}');
  select noetl.observe('call_seconds', 0.2);
  select noetl.fold();
  insert into noetl.metric (metric_name, metric_type, metric_value) values ('level', 'gauge', 1)`;

const sample = `'[{"metric_name": "level", "metric_type": "gauge", "metric_value": 2}]'`;

/** By the name of the function. */
export const calls: Readonly<Record<string, string>> = {
  add_collector: `select noetl.add_collector('families', 'select count(*) as value from noetl.family')`,
  alert_rules_yaml: 'select noetl.alert_rules_yaml()',
  change_collector: `select noetl.change_collector('open_jobs', every => '20 seconds')`,
  cleanup_expired_metrics: 'select noetl.cleanup_expired_metrics()',
  cleanup_metrics: 'select noetl.cleanup_metrics()',
  close_rollups: 'select noetl.close_rollups()',
  collect_queue: `select noetl.collect_queue('jobs')`,
  collect_queues: 'select noetl.collect_queues()',
  component_list: 'select noetl.component_list()',
  create_metric_partition: `select noetl.create_metric_partition(current_date + 40)`,
  create_metric_partitions_ahead: 'select noetl.create_metric_partitions_ahead(9)',
  create_partitions: 'select noetl.create_partitions(10)',
  declare_metric: `select noetl.declare_metric('new_seconds', 'histogram')`,
  delete_push_group: `select noetl.delete_push_group('{"job": "nightly"}')`,
  detect_queues: 'select * from noetl.detect_queues()',
  disable_collector: `select noetl.disable_collector('open_jobs')`,
  drop_collector: `select noetl.drop_collector('open_jobs')`,
  enable_collector: `select noetl.enable_collector('open_jobs')`,
  fold: 'select noetl.fold()',
  grafana_dashboard: `select noetl.grafana_dashboard('noetl')`,
  heartbeat: 'select noetl.heartbeat(0)',
  inc: `select noetl.inc('calls_total', '{"to": "b"}')`,
  inc_many: `select noetl.inc_many('[{"name": "calls_total"}]')`,
  initialize_metric_partitions: 'select noetl.initialize_metric_partitions()',
  insert_metrics: `select noetl.insert_metrics(${sample}, true, 'a-key')`,
  insert_operational_metrics: `select noetl.insert_operational_metrics('{"metric_type": "processing_time", "name": "load", "value": 1, "service": "s"}')`,
  install_preset: `select noetl.install_preset('hodei')`,
  maintain: `select noetl.maintain('cleanup')`,
  metric_history: `select * from noetl.metric_history('level', now() - interval '1 hour')`,
  observe: `select noetl.observe('call_seconds', 0.3)`,
  observe_many: `select noetl.observe_many('[{"name": "call_seconds", "value": 1}]')`,
  openmetrics_text: 'select noetl.openmetrics_text()',
  operational_metric: 'select noetl.operational_metric(metric_id) from noetl.metric limit 1',
  page_since: 'select * from noetl.page_since(false)',
  parse_promql: `select noetl.parse_promql('up')`,
  prometheus_config: `select noetl.prometheus_config('localhost:8000')`,
  prometheus_text: 'select noetl.prometheus_text()',
  push_failed: `select noetl.push_failed('{"job": "nightly"}')`,
  push_grouping: `select noetl.push_grouping('job/nightly')`,
  push_metrics: `select noetl.push_metrics('{"job": "nightly"}', e'backup_bytes 1\\n')`,
  push_otlp: `select noetl.push_otlp('{"resourceMetrics": []}')`,
  query_metrics: `select noetl.query_metrics('{"name": "level", "labels": "{}", "component": "default"}')`,
  query_operational_metrics: `select noetl.query_operational_metrics('{"time_window": "5m"}')`,
  record_metrics: `select noetl.record_metrics('{"increments": [{"name": "calls_total"}]}', 'another-key')`,
  recount_queue: `select noetl.recount_queue('jobs')`,
  register_queue: `select noetl.register_queue('more', 'public.jobs', status => 'state', ready_status => 'new')`,
  register_runtime: `select noetl.register_runtime('w1', 'worker_pool')`,
  remove_idle_series: 'select noetl.remove_idle_series()',
  renew_tracking: 'select noetl.renew_tracking()',
  report: `select noetl.report(0, ${sample})`,
  report_metrics: `select noetl.report_metrics('{"component": {"name": "w2", "type": "worker_pool"}, "metrics": ${sample.slice(1, -1)}}')`,
  reset_alert_rule: `select noetl.reset_alert_rule('NoetlCollectorFailing')`,
  reset_setting: `select noetl.reset_setting('retention')`,
  rotate_events: 'select noetl.rotate_events()',
  run_collector: `select noetl.run_collector('open_jobs')`,
  runtime_metrics: 'select noetl.runtime_metrics(0)',
  series_history: `select * from noetl.series_history(1, now() - interval '1 hour')`,
  set: `select noetl.set('height', 3)`,
  set_alert_rule: `select noetl.set_alert_rule('TooHigh', expression => 'level > 1')`,
  set_many: `select noetl.set_many('[{"name": "height", "value": 1}]')`,
  set_setting: `select noetl.set_setting('staleness', '10 minutes')`,
  store_queue_depth: `select noetl.store_queue_depth('jobs')`,
  suggested_buckets: `select noetl.suggested_buckets('call_seconds')`,
  sweep_runtimes: 'select noetl.sweep_runtimes()',
  track_queue: `select noetl.track_queue('jobs')`,
  ui_chart: `select noetl.ui_chart('{1,2}')`,
  ui_overview: 'select noetl.ui_overview()',
  ui_series: `select noetl.ui_series('calls_total')`,
  unregister_queue: `select noetl.unregister_queue('jobs')`,
  untrack_queue: `select noetl.untrack_queue('jobs')`,
  use_component: `select noetl.use_component('w3', 'worker_pool')`,
};
