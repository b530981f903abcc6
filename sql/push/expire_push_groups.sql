create or replace function noetl.expire_push_groups(at timestamptz default clock_timestamp())
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  due record;
  expired bigint := 0;
begin
  for due in
    select r.runtime_id, r.labels
    from _noetl.push_group as g
    join noetl.runtime as r on r.runtime_id = g.runtime_id
    where g.expires_at <= at
    order by _noetl.rendered_labels(r.labels)
  loop
    perform _noetl.lock_push(due.labels);
    -- it may have been pushed while this waited
    if exists (select from _noetl.push_group as g where g.runtime_id = due.runtime_id and g.expires_at <= at) then
      perform noetl.delete_push_group(due.labels);
      expired := expired + 1;
    end if;
  end loop;
  return expired;
end
$$;

comment on function noetl.expire_push_groups(timestamptz) is
  'Deletes the pushed groups whose ttl is over, as noetl.delete_push_group() does, and returns how many. Every tick does.';
