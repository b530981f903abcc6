create or replace function _noetl.counted_jobs(queue _noetl.queue, library jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$
select %1$sb.state, count(*) as jobs, count(*) filter (where %3$s) as due_jobs,
  min(b.since) filter (where b.state in ('queued', 'queued_retry', 'leased')) as since,
  min(b.created) filter (where b.state in ('queued', 'queued_retry')) as created,
  min(b.started) as started,
  min(b.due) filter (where b.state = 'leased' and b.due < $1 and isfinite(b.due)) as first_expired,
  min(b.due) filter (where b.state in ('leased', 'last_lease') and (b.due > $1 or b.due = $1 and b.state = 'leased')) as next_expiring
from (%2$s) as b
group by %1$sb.state$sql$,
    (select string_agg(format('b.%I, ', k.name), '' order by k.place) from jsonb_array_elements_text(library -> 'keys') with ordinality as k (name, place)),
    coalesce(string_agg(format($sql$
select %1$s(%2$s)::text as state, %3$s as due, %4$s as since, %5$s as created, %6$s as started
from %7$s as %8$s
where %9$s$sql$,
      (
        select string_agg(format('%s as %I, ', b.keys[k.place], k.name), '' order by k.place)
        from jsonb_array_elements_text(library -> 'keys') with ordinality as k (name, place)
      ),
      case
        when b.detail ->> 'moved' is null then b.state
        else format('case when %s then %L else %s end', _noetl.moved_condition(b), b.detail #>> '{moved,to}', b.state) end,
      coalesce(_noetl.zoned(b.due, b.zone), 'null::timestamptz'),
      case
        when b.kind = 'waiting' then format('case when %s then %s end', _noetl.due_condition(b), coalesce(_noetl.zoned(_noetl.since_expression(b), b.zone), 'null::timestamptz'))
        when b.detail ? 'retaken' then format('case when %1$s < $1 and (%2$s) <> ''last_lease'' then %1$s end', _noetl.zoned(b.due, b.zone), b.state)
        else 'null::timestamptz' end,
      case
        when b.created is null or (queue).prefix is null then 'null::timestamptz'
        else format('case when %s then %s end', _noetl.due_condition(b), _noetl.zoned(b.created, b.zone)) end,
      coalesce(_noetl.zoned(b.started, b.zone), 'null::timestamptz'),
      b.relation, b.alias,
      b.condition), ' union all' order by b.place, b.kind),
    (
      select format('select %snull::text as state, d.* from (values (null::timestamptz, null::timestamptz, null::timestamptz, null::timestamptz)) as d (due, since, created, started) where false',
        string_agg(format('null::%s as %I, ', coalesce(_noetl.key_type(library, k.name), 'text'), k.name), '' order by k.place))
      from jsonb_array_elements_text(library -> 'keys') with ordinality as k (name, place)
    )),
    _noetl.counts_condition('b'))
  from _noetl.job_branch(library) as b;
end;

comment on function _noetl.counted_jobs(_noetl.queue, jsonb) is
  'The query that counts a queue''s jobs as of $1 by what their rows name the queue by and state: jobs; due_jobs, those that count as _noetl.queue_change.due says; since, since when the first could be taken; created; started; first_expired and next_expiring, ends of leases.';
