create or replace function _noetl.forwarded_labels(wanted _noetl.forwarding_target)
returns text
language sql
stable
parallel safe
return format('%L::jsonb || l.labels || jsonb_build_object(''__name__'', l.name)', (
  -- an empty label is an absent one
  select _noetl.full_labels(coalesce(wanted.labels, (select s.value::jsonb from noetl.setting as s where s.name = 'external_labels')))));

comment on function _noetl.forwarded_labels(_noetl.forwarding_target) is
  'The labels that a row l of _noetl.line has at a target, its name among them, as an SQL expression.';
