create or replace view _noetl.api_tag as
select t.name, t.description, t.place
from (values
  ('page', 'What Prometheus scrapes, and whether the server is well.', 1),
  ('metrics', 'Samples and events of any component.', 2),
  ('operational metrics', 'Processing times, success rates, resource usage and queues, with free metadata.', 3),
  ('administration', 'Partitions.', 4),
  ('monitoring', 'What Prometheus and Grafana are configured with.', 5),
  ('browser', 'What the page in the browser draws.', 6),
  ('promql', 'PromQL and what belongs to it, as Prometheus has it.', 7)
) as t (name, description, place);

comment on view _noetl.api_tag is 'One row is one group of endpoints in the OpenAPI document.';
comment on column _noetl.api_tag.place is 'From the first on.';
