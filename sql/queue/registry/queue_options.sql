create or replace function _noetl.queue_options(queue _noetl.queue)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select jsonb_build_object('schema', 'none') || (queue).options || jsonb_build_object('lease', (
    select format('%s seconds', extract(epoch from coalesce(((queue).options ->> 'lease')::interval, a.default_lease)))
    from _noetl.queue_adapter as a
    where a.name = (queue).adapter));
end;

comment on function _noetl.queue_options(_noetl.queue) is
  'The options of a library''s queue with its default lease. In seconds: a day is longer in one session''s time zone than in another''s.';
