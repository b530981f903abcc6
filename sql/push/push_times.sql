create or replace function _noetl.push_times(runtime_id bigint)
returns setof _noetl.pushed_sample
language sql
stable
parallel safe
rows 2
begin atomic
  select 0, t.name, 'gauge', t.name, _noetl.canonical_labels(r.labels, 'v', null), coalesce(extract(epoch from t.at), 0)::double precision,
    t.help, null, false, null, null::jsonb
  from _noetl.push_group as g
  join noetl.runtime as r on r.runtime_id = g.runtime_id
  cross join lateral (values
    ('push_time_seconds', g.pushed_at, 'When this group was last pushed, in seconds since 1970; 0: never.'),
    ('push_failure_time_seconds', g.failed_at, 'When a push of this group was last refused, in seconds since 1970; 0: never.')
  ) as t (name, at, help)
  where g.runtime_id = push_times.runtime_id;
end;

comment on function _noetl.push_times(bigint) is 'The gauges push_time_seconds and push_failure_time_seconds of a pushed group.';
