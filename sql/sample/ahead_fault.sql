create or replace function _noetl.ahead_fault(field text, moment timestamptz, most _noetl.intake_limit)
returns text
language sql
stable
parallel safe
return coalesce(
  _noetl.moment_fault(field, moment),
  case when moment > most.latest then
    format('%s: is further ahead of the server''s clock than %s (the setting max_ahead): %s', field, most.ahead, to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
  end);

comment on function _noetl.ahead_fault(text, timestamptz, _noetl.intake_limit) is
  'Why a sample cannot have been measured at this moment, as "field: rule"; null: it can.';
