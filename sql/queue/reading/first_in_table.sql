create or replace function _noetl.first_in_table(queue _noetl.queue, time_name text, status_name text, which text)
returns text
language sql
stable
parallel safe
begin atomic
  select coalesce(
    string_agg(
      format('(select %s from %s where %s = %L%s%s and %s is not null%s order by %s limit 1)',
        _noetl.time_option(q.options, time_name), (queue).relation,
        q.options ->> 'status', q.options ->> status_name,
        coalesce(' and ' || (q.options ->> 'condition'), ''),
        case which
          when 'due' then case when time_name = 'run_at' then format(' and %s <= %s', q.options ->> time_name, _noetl.clock_option(q.options, time_name, '$1')) else '' end
          when 'ready' then ' and ' || _noetl.is_due(q.options)
            || coalesce(' and coalesce(' || (q.options ->> 'blocked') || ', false) = false', '')
          when 'expired' then format(' and %s < %s', q.options ->> time_name, _noetl.clock_option(q.options, time_name, '$1'))
          when 'leased' then format(' and %s >= %s', q.options ->> time_name, _noetl.clock_option(q.options, time_name, '$1'))
          else ''
        end,
        q.options ->> time_name,
        member.condition,
        q.options ->> time_name),
      ' , ' order by member.condition)
    , 'null::timestamptz')
  from (
    select o.options, case o.options ->> 'per' when 'none' then null when 'task' then o.options ->> 'task' else o.options ->> 'queue' end as member
    from (select (queue).options) as o (options)
  ) as q
  cross join lateral (
    select '' as condition where q.member is null
    union all
    select format(' and (%s)::text = c.member', q.member) where q.member is not null
    union all
    select format(' and (%s) is null and c.member = ''default''', q.member) where q.member is not null
  ) as member
  where q.options ->> time_name is not null and q.options ->> status_name is not null;
end;

comment on function _noetl.first_in_table(_noetl.queue, text, text, text) is
  'A list of subqueries for the earliest time of one kind among the jobs of a status in the queue c.member; which: due, ready, expired, leased or null for all.';
