create or replace function _noetl.pgmq_ended(schema text, name text)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select %1$L as member, null::text as operation, 'deleted' as outcome,
  extract(epoch from clock_timestamp() - %3$s)::double precision as duration_seconds,
  extract(epoch from %3$s - j.enqueued_at)::double precision as wait_seconds
from old_jobs as j
where j.read_ct > 0 and not exists (select from %2$s as a where a.msg_id = j.msg_id)$sql$,
    name,
    format('%I.%I', schema, 'a_' || lower(name)),
    case when _noetl.has_column(to_regclass(format('%I.%I', schema, 'q_' || lower(name))), 'last_read_at')
      then 'j.last_read_at' else 'null::timestamptz' end)
  where to_regclass(format('%I.%I', schema, 'a_' || lower(name))) is not null;
end;

comment on function _noetl.pgmq_ended(text, text) is
  'How messages of a queue of pgmq end that no archive keeps: they are deleted after having been read. See _noetl.tracking_source.';
