create or replace function _noetl.first_since(branch _noetl.job_branch, library jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select nullif(concat_ws(', ',
    case
      when b.created is not null and b.detail ? 'since_later' then _noetl.earliest_later(b, library, f.condition)
      else _noetl.earliest(b, library, _noetl.zoned(b.due, b.zone), b.due,
        format('%1$s > ''-infinity'' and %1$s <= %2$s and %3$s', b.due, _noetl.zoned('$1', b.zone), f.condition))
    end,
    _noetl.earliest(b, library, c.at, c.time_order, case when b.due is null then f.condition end),
    _noetl.earliest(b, library, c.at, c.time_order, case when _noetl.is_nullable(b.relation, b.due) then b.due || ' is null and ' || f.condition end),
    _noetl.earliest(b, library, c.at, c.time_order, b.due || ' = ''-infinity'' and ' || f.condition)), '')
  from unnest(array[branch]) as b
  cross join concat_ws(' and ', '(' || (b.detail ->> 'blocked') || ') is not true',
    case when b.detail ? 'moved' then _noetl.moved_condition(b) || ' is not true' end, 'true') as f (condition)
  cross join lateral (select _noetl.zoned(b.created, b.zone), b.detail ->> 'created_order') as c (at, time_order);
end;

comment on function _noetl.first_since(_noetl.job_branch, jsonb) is
  'Subqueries for when the first of the jobs of a branch that wait could be taken, as _noetl.since_expression() says it of each; null: there is no time to tell.';
