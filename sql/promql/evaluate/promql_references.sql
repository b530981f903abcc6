create or replace function _noetl.promql_references(node jsonb, steps _noetl.promql_steps)
returns bigint[]
language sql
immutable
parallel safe
begin atomic
  with modifier as (
    select
      case node ->> 'startOrEnd' when 'start' then steps.query_since_ms when 'end' then steps.query_until_ms else (node ->> 'timestamp')::bigint end as fixed_ms,
      coalesce((node ->> 'offset')::bigint, 0) as offset_ms
  )
  select array(
    select coalesce(m.fixed_ms, t.at_ms) - m.offset_ms
    from unnest(_noetl.promql_times(steps)) with ordinality as t (at_ms, i)
    order by t.i)
  from modifier as m;
end;

comment on function _noetl.promql_references(jsonb, _noetl.promql_steps) is
  'The time that a selector or subquery looks at for each step, in Unix milliseconds: the step''s own, or the one fixed by @, less the offset.';
