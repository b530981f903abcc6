create or replace function _noetl.publish_queue(queue _noetl.queue, gauges jsonb)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  before jsonb := coalesce((select c.published from _noetl.queue_collection as c where c.queue_id = queue.queue_id), '[]');
  after jsonb := (select coalesce(jsonb_agg(jsonb_build_array(g -> 0, g -> 1) order by n), '[]')
    from jsonb_array_elements(gauges) with ordinality as e (g, n));
begin
  perform _noetl.set_gauges(gauges, 0);
  if before <> after then
    perform _noetl.withdraw(g ->> 0, g -> 1)
    from jsonb_array_elements(before) as g
    where g not in (select a from jsonb_array_elements(after) as a);
  end if;
  return after;
end
$$;

comment on function _noetl.publish_queue(_noetl.queue, jsonb) is
  'Sets gauges, [[name, labels, value, …], …], and takes those off the page that the queue''s last collection had and these are not; returns what there is now, [[name, labels], …].';
