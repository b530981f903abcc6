create or replace function noetl.prometheus_config(target text, token_file text default null)
returns text
language sql
stable
parallel safe
return format(
  $yaml$# Prometheus, VictoriaMetrics and Grafana Alloy read this. One server is enough: each of them shows everything that
# is in the database. List a second one only as a spare, and take max without (instance) then.
# For the alerts: curl -o alerts.yml http://%1$s/alerts.yml, and take the two comment signs away.
#rule_files:
#  - alerts.yml
scrape_configs:
  - job_name: noetl-metrics
    scrape_interval: 15s
    scrape_timeout: 10s
    metrics_path: /metrics
%3$s    # What reports for others says so in labels of its own, such as "instance" or "job".
    honor_labels: true
    static_configs:
      - targets: [%2$s]
$yaml$, regexp_replace(target, '[^!-~]', '', 'g'), _noetl.yaml_string(target),
  format(
    case when token_file is null
      then E'    # Where the server wants a token:\n    #authorization:\n    #  credentials_file: %s\n'
      else E'    # The file holds the token that may read (NOETL_READ_TOKEN), and nothing else.\n    authorization:\n      credentials_file: %s\n'
    end, _noetl.yaml_string(coalesce(token_file, '/etc/prometheus/noetl-metrics.token'))));

comment on function noetl.prometheus_config(text, text) is
  'A configuration with which Prometheus scrapes this server. target: its address, host:port. token_file: where Prometheus finds the token that it is to show; null: the server wants none, and a comment says how one is given.';

create or replace function _noetl.prometheus_config()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {"getPrometheusConfig": "GET /prometheus.yml"},
  "tag": "monitoring",
  "right": "reader",
  "summary": "A configuration with which Prometheus scrapes this server.",
  "arguments": ["request.host", "request.token_file"],
  "type": "application/yaml",
  "answer": {"type": "string"}
}$$::_noetl.endpoint_definition;

comment on function _noetl.prometheus_config() is 'Where noetl.prometheus_config() is called over HTTP: GET /prometheus.yml.';
