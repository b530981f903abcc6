create or replace function _noetl.is_rotation_due()
returns boolean
language sql
stable
parallel restricted
begin atomic
  select sum(pg_relation_size(s.partition)) >= 1048576
  from (select e.partition from _noetl.event_slot as e union all select q.partition from _noetl.queue_change_slot as q) as s;
end;

comment on function _noetl.is_rotation_due() is
  'Whether slots of events are worth truncating: a megabyte of what is folded costs a reading next to nothing, as an index passes it by, but each truncation has every session plan anew what reads them.';
