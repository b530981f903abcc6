create or replace function _noetl.advance_forwarding(
  target text, lease uuid, done_line integer, round_is_done boolean, late_ids bigint[], sent bigint, skipped bigint, error text default null)
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  moment constant timestamptz := clock_timestamp();
begin
  update _noetl.forwarding_target as t
  set
    leased_until = moment + interval '20 seconds',
    after_line = case when not round_is_done then coalesce(done_line, t.after_line) end,
    attempts = 0, due_at = null, refused_since = null,
    sent = t.sent + advance_forwarding.sent, sent_at = case when advance_forwarding.sent > 0 then moment else t.sent_at end,
    skipped = t.skipped + advance_forwarding.skipped, failed_at = case when advance_forwarding.skipped > 0 then moment else t.failed_at end,
    error = coalesce(left(advance_forwarding.error, 1000), t.error)
  where t.name = advance_forwarding.target and t.lease = advance_forwarding.lease;
  if not found then
    return false;
  end if;
  if round_is_done then
    update _noetl.forwarding_cursor as c set at = c.until_at, until_at = null where c.target = advance_forwarding.target and c.until_at is not null;
  end if;
  delete from _noetl.late_samples as s where s.late_id = any (late_ids);
  perform noetl.inc('noetl_forward_samples_total', jsonb_build_object('target', advance_forwarding.target, 'outcome', o.outcome), o.samples)
  from (values ('sent', advance_forwarding.sent), ('skipped', advance_forwarding.skipped)) as o (outcome, samples)
  where o.samples > 0;
  return true;
end
$$;

comment on function _noetl.advance_forwarding(text, uuid, integer, boolean, bigint[], bigint, bigint, text) is
  'Notes that a target has taken so many samples, and refused so many for good: of the round under way, all of the lines up to one (null: as before), or the whole round; and of imported ones these rows. False: the lease is not this server''s any more, and nothing is noted.';
