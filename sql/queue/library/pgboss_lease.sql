create or replace function _noetl.pgboss_lease(schema text)
returns text
language sql
stable
parallel safe
begin atomic
  select case
      when _noetl.has_column(t.job, 'expire_in') then 'j.started_on + extract(epoch from j.expire_in)::double precision * interval ''1 second'''
      when _noetl.has_column(t.job, 'heartbeat_on') then
        'least(j.started_on + j.expire_seconds * interval ''1 second'', '
        'coalesce(j.heartbeat_on, j.started_on) + j.heartbeat_seconds * interval ''1 second'')'
      else 'j.started_on + j.expire_seconds * interval ''1 second'''
    end
  from to_regclass(format('%I.job', schema)) as t (job);
end;

comment on function _noetl.pgboss_lease(text) is 'Until when a job of pg-boss may run, as an expression over its row j, by the columns of its version.';
