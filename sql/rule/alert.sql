create or replace view noetl.alert as
select
  a.labels ->> 'alertname' as name,
  a.state,
  a.active_at as since,
  a.fired_at,
  a.value,
  a.labels,
  a.annotations,
  (select max(n.sent_at) from _noetl.notified as n where n.alert_id = a.alert_id) as notified_at,
  _noetl.is_silenced(a.labels) as silenced
from _noetl.alert as a
where a.state <> 'resolved';

comment on view noetl.alert is 'One row is one alert that is pending or firing, as of the last evaluation of its rule. What was is in noetl.alert_history.';
comment on column noetl.alert.state is 'pending: its expression yields it, but not for long enough; firing.';
comment on column noetl.alert.since is 'The evaluation from which on the expression has yielded it.';
comment on column noetl.alert.fired_at is 'The evaluation that made it fire; null: it is pending.';
comment on column noetl.alert.value is 'What the expression gave for it at the last evaluation that yielded it.';
comment on column noetl.alert.labels is 'Those of the series that the expression yielded, those of the rule, and alertname.';
comment on column noetl.alert.annotations is 'Texts for people, rendered.';
comment on column noetl.alert.notified_at is 'When a notification of it was last taken by any target; null: none has been.';
comment on column noetl.alert.silenced is 'True: a silence keeps it from being notified of.';
