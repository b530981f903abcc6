create or replace view noetl.alert_history as
select e.at, e.labels ->> 'alertname' as name, e.state, e.labels, e.annotations, e.value, e.active_at as since
from _noetl.alert_event as e;

comment on view noetl.alert_history is 'One row is one change of the state of one alert, kept for the setting alert_retention.';
comment on column noetl.alert_history.at is 'The evaluation that changed it.';
comment on column noetl.alert_history.state is 'What it became: pending, firing, resolved, or inactive, which is pending no more without having fired.';
comment on column noetl.alert_history.since is 'The evaluation from which on the expression had yielded it.';
