create or replace function _noetl.forget_help(names text[], runtime_id bigint)
returns void
language sql
volatile
parallel unsafe
begin atomic
  update _noetl.pending_series as n
  set help_text = null
  where n.runtime_id = forget_help.runtime_id
    and n.help_text <> ''
    and _noetl.family_name(_noetl.sample_part(n.metric_type, n.metric_name, n.labels), n.metric_name) = any (names);
  update _noetl.family as f
  set help = null
  where f.name = any (names)
    and f.help is not null
    and not f.declared
    and not exists (select from _noetl.pushed_family as p where p.name = f.name and p.runtime_id <> forget_help.runtime_id)
    and not exists (
      select from _noetl.series as s
      join noetl.runtime as r on r.runtime_id = s.runtime_id
      where s.family_id = f.family_id and s.retired_at is null and s.runtime_id <> forget_help.runtime_id and r.status <> 'offline')
    -- somebody else is describing it just now
    and f.family_id in (select free.family_id from _noetl.family as free where free.name = f.name for no key update skip locked);
end;

comment on function _noetl.forget_help(text[], bigint) is
  'Takes the help of these families away where nobody but this pushed group has them, so that it goes with what said it.';
