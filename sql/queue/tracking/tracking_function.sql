create or replace function _noetl.tracking_function(queue _noetl.queue, source _noetl.tracking_source, operation text, role oid)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$create or replace function _noetl_track.queue_%1$s_%2$s_%3$s()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as %4$L;
comment on function _noetl_track.queue_%1$s_%2$s_%3$s() is %5$L;
revoke all on function _noetl_track.queue_%1$s_%2$s_%3$s() from public$sql$,
    (queue).queue_id,
    (source).place,
    operation,
    case
      when (source).class is null then _noetl.tracking_fault(queue, '''other tables are to be tracked''', true)
      when operation <> 'truncate' and role is not null then _noetl.foreign_tracking_body(queue, source, operation)
      when operation <> 'truncate' then _noetl.tracking_body(queue, source, operation)
      when _noetl.is_single_table(queue, source) then format(e'begin\n  perform _noetl.forget_jobs(%s);\n  return null;\nend', (queue).queue_id)
      else _noetl.tracking_fault(queue, 'tg_relid::regclass || '' was truncated''', false)
    end,
    format('Appends by how much one %s of %s changed queue %s. It has its owner''s rights, so that whoever may write jobs needs no others.',
      operation, (source).relation, (queue).name));
end;

comment on function _noetl.tracking_function(_noetl.queue, _noetl.tracking_source, text, oid) is
  'The trigger function that tracks one operation (insert, update, delete, truncate) on one of a queue''s tables, as text. role: with whose rights it reads the rows, see _noetl.reading_role().';
