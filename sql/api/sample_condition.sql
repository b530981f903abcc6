create or replace function _noetl.sample_condition(filter jsonb)
returns text
language sql
immutable
parallel safe
return concat(
  'true',
  case when filter ? 'metric_name' then ' and s.metric_name = $1 ->> ''metric_name''' end,
  case when filter ? 'name' then ' and s.metric_name = $1 ->> ''name''' end,
  case when filter ? 'metric_type' then ' and s.metric_type = $1 ->> ''metric_type''' end,
  case when filter ? 'runtime_id' then ' and s.runtime_id = ($1 ->> ''runtime_id'')::bigint' end,
  case when filter ?| array['component', 'component_type'] then concat(
    ' and s.runtime_id in (select r.runtime_id from noetl.runtime as r where true',
    case when filter ? 'component' then ' and r.name = $1 ->> ''component''' end,
    case when filter ? 'component_type' then ' and r.component_type = $1 ->> ''component_type''' end,
    ')') end,
  case when filter ? 'labels' then ' and s.labels @> ($1 ->> ''labels'')::jsonb' end,
  case when filter ? 'start_time' then ' and s."timestamp" >= $2' end,
  case when filter ? 'end_time' then ' and s."timestamp" < $3' end,
  case when filter ? 'cursor' then
    ' and s."timestamp" <= $4 and (s."timestamp", s.metric_id) < ($4, split_part($1 ->> ''cursor'', ''_'', 2)::bigint)' end);

comment on function _noetl.sample_condition(jsonb) is
  'The condition on noetl.sample as s that a filter comes to: only of the parts that it has, so that each is served by its index. $1 is the filter, $2 its start_time, $3 its end_time, $4 the time of its cursor; nothing of the filter is in the text.';
