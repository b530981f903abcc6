create or replace function _noetl.counted_from(class "char", due timestamptz)
returns timestamptz
language sql
stable
parallel safe
return case
  when class in ('b', 'u', 'w', 'f') or due is null then '-infinity'
  when class in ('r', 's', 'y') then due + interval '1 microsecond'
  else due
end;

comment on function _noetl.counted_from("char", timestamptz) is
  'From when on a job of a class counts as _noetl.queue_change.due says, by the time that its row gives. A lease is over just after its last moment.';
