create or replace function _noetl.keep_late(imported _noetl.pending_chunk[])
returns void
language sql
volatile
parallel unsafe
begin atomic
  insert into _noetl.late_samples (target, line_ids, at_ms, vals)
  select t.name, array_agg(s.line_id order by s.nth), array_agg(s.ms order by s.nth), array_agg(s.val order by s.nth)
  from (
    select p.line_id, u.ms, u.val, row_number() over (order by p.line_id, u.ms) as nth
    from unnest(imported) as p
    cross join lateral unnest(p.at_ms, p.vals) as u (ms, val)
    where exists (select from _noetl.forwarding_target)
  ) as s
  cross join _noetl.forwarding_target as t
  group by t.name, s.nth / 10000
  order by t.name, s.nth / 10000;
end;

comment on function _noetl.keep_late(_noetl.pending_chunk[]) is
  'Notes what is being imported for the targets of forwarding: some may have sent that time already.';
