create or replace function _noetl.forgotten_line(at timestamptz)
returns setof integer
language sql
stable
parallel safe
begin atomic
  with kept as (
    select _noetl.interval_setting('archive_retention') as archived, _noetl.interval_setting('import_retention') as imported
  )
  select l.line_id
  from _noetl.line as l
  -- null, and so none: something is kept for ever
  where l.last_at < at - (select case when k.archived > k.imported then k.archived else k.imported end from kept as k where k.archived is not null and k.imported is not null)
    and not exists (select from _noetl.place as p where p.line_id = l.line_id);
end;

comment on function _noetl.forgotten_line(timestamptz) is
  'The lines whose last sample is older than the archive keeps any.';
