create or replace function _noetl.metrics_page()
returns _noetl.endpoint_definition
language sql
immutable
parallel safe
return $${
  "operations": {
    "getPage": "GET /metrics",
    "headPage": "HEAD /metrics",
    "getPrometheusPage": "GET /api/metrics/prometheus",
    "headPrometheusPage": "HEAD /api/metrics/prometheus",
    "getOperationalPage": "GET /api/v1/metrics",
    "headOperationalPage": "HEAD /api/v1/metrics"
  },
  "handler": "page",
  "tag": "page",
  "right": "reader",
  "tolerant": true,
  "budget": "page",
  "summary": "Everything, as Prometheus scrapes it.",
  "headers": {
    "x-prometheus-scrape-timeout-seconds": {
      "type": "string",
      "description": "Seconds that the scraper waits; what is no number counts as 10.",
      "examples": ["10"]
    }
  },
  "responses": {
    "200": {
      "description": "The page, in the format that Accept asks for; gzipped if Accept-Encoding wants it.",
      "content": {
        "text/plain": {"schema": {"type": "string", "description": "Text format 0.0.4."}},
        "application/openmetrics-text": {"schema": {"type": "string", "description": "OpenMetrics 1.0."}}
      }
    },
    "503": {"description": "The database did not answer in time.", "content": {"text/plain": {"schema": {"type": "string"}}}}
  }
}$$::_noetl.endpoint_definition;

comment on function _noetl.metrics_page() is 'Where the page that SQL renders and the server keeps, is served: GET /metrics, HEAD /metrics, GET /api/metrics/prometheus, HEAD /api/metrics/prometheus, GET /api/v1/metrics, HEAD /api/v1/metrics.';
