create or replace function _noetl.tracked_jobs(queue _noetl.queue, library jsonb, counts text default null)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select j.*,
  case when j.due_jobs > 0 then case when j.state in ('queued', 'queued_retry') then %1$s when j.state = 'leased' then %2$s end end as since,
  case when j.due_jobs > 0 and j.state in ('queued', 'queued_retry') then %3$s end as created,
  case when j.state in ('leased', 'unleased', 'beating', 'last_lease') then %4$s end as started,
  case when j.state = 'leased' and j.due_jobs > 0 then %5$s end as first_expired,
  case when j.state = 'leased' and j.jobs > j.due_jobs then %6$s when j.state = 'last_lease' and j.jobs > j.due_jobs then %7$s end as next_expiring
from (
  select %8$sm.state, m.jobs, m.due_jobs
  from (
    select t.member, t.state, sum(t.jobs)::bigint as jobs, sum(t.due_jobs)::bigint as due_jobs
    from (select c.member, c.state, c.jobs, c.due_jobs from %9$s%10$s) as t
    group by t.member, t.state
    having sum(t.jobs) <> 0
  ) as m
) as j
cross join lateral (select j.*) as noetl_key$sql$,
    coalesce('least(' || string_agg(_noetl.first_since(b, library), ', ') filter (where b.kind = 'waiting') || ')', 'null::timestamptz'),
    coalesce('least(' || string_agg(r.expired, ', ') filter (where b.detail ? 'retaken') || ')', 'null::timestamptz'),
    case when (queue).prefix is null then 'null::timestamptz' else coalesce('least(' || string_agg(
      _noetl.earliest(b, library, _noetl.zoned(b.created, b.zone), b.detail ->> 'created_order', concat_ws(' and ', _noetl.due_condition(b),
        '(' || (b.detail ->> 'blocked') || ') is not true', case when b.detail ? 'moved' then _noetl.moved_condition(b) || ' is not true' end)), ', ')
      filter (where b.kind = 'waiting') || ')', 'null::timestamptz') end,
    coalesce('least(' || string_agg(_noetl.earliest(b, library, _noetl.zoned(b.started, b.zone), b.started, 'true'), ', ') filter (where b.kind = 'running') || ')', 'null::timestamptz'),
    coalesce('least(' || string_agg(r.expired, ', ') filter (where b.kind = 'running') || ')', 'null::timestamptz'),
    coalesce('least(' || string_agg(r.active, ', ') filter (where b.kind = 'running') || ')', 'null::timestamptz'),
    coalesce('least(' || string_agg(r.last_active, ', ') filter (where b.kind = 'running') || ')', 'null::timestamptz'),
    (
      select coalesce(string_agg(
        format(case jsonb_array_length(library -> 'keys') when 1 then 'nullif(m.member, '''')' else format('(m.member::jsonb ->> %s)', k.place - 1) end || '::%s as %I, ',
          coalesce(_noetl.key_type(library, k.name), 'text'), k.name), '' order by k.place), '')
      from jsonb_array_elements_text(library -> 'keys') with ordinality as k (name, place)
    ),
    coalesce(counts, format('(select t.member, t.state::text, t.jobs, t.due_jobs from _noetl.tracked_count(%s, $1) as t) as c', (queue).queue_id)),
    string_agg(format(' union all select %s, a.state, a.jobs, case when a.state = %L or %s then a.jobs else 0 end from %s as %s '
      'cross join lateral (values (%s, -1), (%L, 1)) as a (state, jobs) where %s and %s',
      _noetl.member_expression(b), b.detail #>> '{moved,to}', _noetl.due_condition(b), b.relation, b.alias, b.state, b.detail #>> '{moved,to}',
      b.condition, _noetl.moved_condition(b)), '') filter (where b.detail ? 'moved'))
  from _noetl.job_branch(library) as b
  left join lateral (
    select
      _noetl.earliest(b, library, x.due, b.due, format('%1$s < %2$s and %1$s > ''-infinity'' and %3$s', b.due, x.now, x.lasting)),
      _noetl.earliest(b, library, x.due, b.due, format('%s >= %s and %s', b.due, x.now, x.lasting)),
      _noetl.earliest(b, library, x.due, b.due, case when b.detail ? 'last' then format('%s > %s and %s', b.due, x.now, b.detail ->> 'last') end)
    from (
      select _noetl.zoned(b.due, b.zone), _noetl.zoned('$1', b.zone), coalesce('not (' || (b.detail ->> 'last') || ')', 'true')
    ) as x (due, now, lasting)
    where b.kind = 'running' and b.due is not null
  ) as r (expired, active, last_active) on true;
end;

comment on function _noetl.tracked_jobs(_noetl.queue, jsonb, text) is
  'The query that reads, as _noetl.counted_jobs() would count, how many jobs a tracked queue holds from what its triggers kept, and looks up the oldest in its tables. A job that has another state than its row says, by a lock say, is taken from the one and added to the other. counts: where the numbers come from, for a reader who has no right to them; null: from _noetl.tracked_count().';
