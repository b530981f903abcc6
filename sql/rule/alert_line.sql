create or replace view _noetl.alert_line as
select a.rule, l.name, a.labels || l.labels as labels, l.value
from _noetl.alert as a
cross join lateral (values
  ('ALERTS', jsonb_build_object('alertstate', a.state), 1::double precision),
  ('ALERTS_FOR_STATE', '{}'::jsonb, extract(epoch from a.active_at)::double precision)
) as l (name, labels, value)
where a.state <> 'resolved';

comment on view _noetl.alert_line is
  'One row is one line that an alert has on the page, as Prometheus has them: ALERTS, 1 with its state as a label, and ALERTS_FOR_STATE, since when it has been pending or firing, as a Unix time in seconds.';
