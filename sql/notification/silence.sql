create or replace view noetl.silence as
select
  s.silence_id,
  '{' || (select string_agg(format('%s%s"%s"', m.name, m.type, _noetl.escaped_label(m.value)), ', ' order by m.place)
    from rows from (jsonb_to_recordset(s.matchers) as (name text, type text, value text)) with ordinality as m (name, type, value, place)) || '}' as matchers,
  case when s.ends_at <= now() then 'expired' when s.starts_at > now() then 'pending' else 'active' end as state,
  s.starts_at,
  s.ends_at,
  s.created_by,
  s.comment,
  s.created_at
from _noetl.silence as s;

comment on view noetl.silence is
  'One row is one silence: alerts that fit its matchers are evaluated and shown, and nobody is notified of them while it is active. noetl.add_silence() adds one, noetl.end_silence() ends it.';
comment on column noetl.silence.matchers is 'All must fit the labels of an alert.';
comment on column noetl.silence.state is 'pending, active or expired. An expired one is forgotten after the setting alert_retention.';
