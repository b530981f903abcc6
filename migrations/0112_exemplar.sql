-- Gauges were given exemplars, too, which OpenMetrics does not know.
update _noetl.state set exemplar = null where exemplar is not null and metric_type not in ('counter', 'histogram');
