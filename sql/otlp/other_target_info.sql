create or replace function _noetl.other_target_info(runtime_id bigint, labels jsonb)
returns bigint[]
language sql
stable
parallel safe
begin atomic
  select array(
    select s.series_id
    from _noetl.series as s
    where s.runtime_id = other_target_info.runtime_id and s.metric_name = 'target_info' and s.labels <> other_target_info.labels and s.retired_at is null
    union
    select n.series_id
    from _noetl.pending_series as n
    where n.runtime_id = other_target_info.runtime_id and n.metric_name = 'target_info' and n.labels <> other_target_info.labels);
end;

comment on function _noetl.other_target_info(bigint, jsonb) is 'The series target_info of a component that have other labels than these.';
