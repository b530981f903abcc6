create or replace function _noetl.advised_index(queue _noetl.queue)
returns table (relation text, key text, condition text, purpose text, query text, small bigint)
language sql
stable
parallel safe
begin atomic
  select s.relation, s.key, s.condition, s.purpose,
    format('select from %s as %s where %s%s', s.relation, s.alias, s.read, case when s.is_sorted then format(' order by %s limit 1', s.key) else '' end),
    case s.kind when 'other' then 1048576 else 0 end
  from (
    select b.relation, b.alias, b.kind, b.condition as read, p.purpose,
      regexp_replace(coalesce(nullif(concat_ws(', ', k.keys, t.expression), ''), b.detail ->> 'status'), '\mj\.', '', 'g') as key,
      regexp_replace(coalesce(b.detail ->> 'indexed', b.condition), '\mj\.', '', 'g') as condition,
      (q.is_own or q.is_tracked and not b.detail ? 'priorities') and coalesce(k.keys, t.expression) is not null as is_sorted
    from (
      select _noetl.queue_library(queue) as library, (queue).adapter = 'table' as is_own,
        exists (select from _noetl.queue_tracking as t where t.queue_id = (queue).queue_id) as is_tracked
      offset 0
    ) as q
    cross join lateral _noetl.job_branch(q.library) as b
    cross join lateral (
      select string_agg(case when q.is_own then e.sql else regexp_replace(e.sql, '::\w+$', '') end, ', ' order by e.place)
      from unnest(b.keys) with ordinality as e (sql, place)
      where _noetl.is_indexable(queue, e.sql)
    ) as k (keys)
    cross join lateral (values
      ('waiting', 'which jobs are due', b.due),
      ('waiting', 'which job waits longest', case when q.is_own or q.is_tracked then coalesce(b.detail ->> 'created_order', b.created) end),
      ('running', 'which leases have ended', b.due),
      ('running', 'which job runs longest', b.started),
      ('blocked', 'which jobs are held', null), ('scheduled', 'which jobs are due later', b.due), ('failed', 'which jobs have failed', null),
      ('other', 'which jobs are in no named status', null)
    ) as p (kind, purpose, time)
    cross join lateral (select case when _noetl.is_indexable(queue, p.time) then p.time end) as t (expression)
    where p.kind = b.kind and b.condition <> 'true' and b.condition <> 'false' and (b.keeps_finished or q.is_tracked)
      and (t.expression is not null or p.purpose in ('which jobs are due', 'which leases have ended', 'which jobs are held', 'which jobs have failed', 'which jobs are in no named status'))
  ) as s
  where s.key is not null
  union all
  select r.relation, e.index ->> 'key', e.index ->> 'when', e.index ->> 'purpose', format('select from %s as j where %s', r.relation, e.index ->> 'when'), 0
  from (select _noetl.queue_library(queue) offset 0) as l (library)
  cross join lateral jsonb_array_elements(l.library -> 'indexes') as e (index)
  cross join lateral (select _noetl.library_table(l.library, e.index)) as r (relation)
  union all
  select r.relation, regexp_replace(e.outcome ->> 'finished', '\mj\.', ''), null, 'which jobs have just ended',
    format('select from %s as %s where %s >= localtimestamp', r.relation, coalesce(l.library ->> 'alias', 'j'), e.outcome ->> 'finished'), 0
  from (select _noetl.queue_library(queue) offset 0) as l (library)
  cross join lateral jsonb_array_elements(l.library -> 'outcomes') as e (outcome)
  cross join lateral (select _noetl.library_table(l.library, e.outcome)) as r (relation)
  where to_regclass(r.relation) is not null
    and ((queue).adapter = 'table' or _noetl.has_column(to_regclass(r.relation), substr(e.outcome ->> 'finished', 3)));
end;

comment on function _noetl.advised_index(_noetl.queue) is
  'What a reading looks up in a table that also holds finished jobs, one row for each index that would serve: on key for the rows of condition, null: all; query: what it would serve; small: the bytes of a table that needs none.';
