create or replace function _noetl.alert_json(alert _noetl.alert)
returns jsonb
language sql
stable
parallel safe
return jsonb_build_object(
  'labels', alert.labels,
  'annotations', alert.annotations,
  'state', alert.state,
  'activeAt', _noetl.go_rfc3339(alert.active_at),
  'value', case when alert.value::text in ('NaN', 'Infinity', '-Infinity') then _noetl.float_text(alert.value)
    -- Go's %e with as many digits as it takes
    else regexp_replace(trim(to_char(alert.value::text::numeric, '9.9999999999999999EEEE')), '\.?0*e', 'e') end);

comment on function _noetl.alert_json(_noetl.alert) is 'An alert as the API of Prometheus has it; its value as Prometheus writes it there, 1.5e+00.';
