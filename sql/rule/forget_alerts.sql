create or replace function _noetl.forget_alerts(at timestamptz)
returns text[]
language sql
volatile
parallel unsafe
begin atomic
  with ended as (
    delete from _noetl.silence as s where s.ends_at < at - _noetl.interval_setting('alert_retention')
    returning 'silence ' || s.silence_id as what
  ),
  past as (
    delete from _noetl.alert_event as e where e.at < forget_alerts.at - _noetl.interval_setting('alert_retention')
    returning 1
  )
  select array(select e.what from ended as e) || array(select count(*) || ' changes of alerts' from past having count(*) > 0);
end;

comment on function _noetl.forget_alerts(timestamptz) is
  'Forgets changes of alerts and silences that ended longer ago than the setting alert_retention; returns what.';
