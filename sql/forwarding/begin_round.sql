create or replace function _noetl.begin_round(target text, not_after timestamptz)
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  last timestamptz;
begin
  insert into _noetl.forwarding_cursor (target, scraper, at)
  select t.name, s.scraper, t.started_at
  from _noetl.forwarding_target as t
  cross join _noetl.scraper as s
  where t.name = begin_round.target and s.last_at > t.started_at
    and not exists (select from _noetl.forwarding_cursor as c where c.target = t.name and c.scraper = s.scraper)
  on conflict do nothing;
  -- all lines go through the same stretch of time before any goes on: some receivers refuse what is an hour older than the newest
  select _noetl.round_end(min(c.at), t.batch_samples, t.batch_span) into last
  from _noetl.forwarding_cursor as c
  join _noetl.forwarding_target as t on t.name = c.target
  join _noetl.scraper as s on s.scraper = c.scraper
  where c.target = begin_round.target and _noetl.forwarding_ceiling(s.scraper, s.last_at, not_after) > c.at
  group by t.batch_samples, t.batch_span;
  update _noetl.forwarding_cursor as c
  set until_at = least(last, _noetl.forwarding_ceiling(s.scraper, s.last_at, not_after))
  from _noetl.scraper as s
  where c.target = begin_round.target and s.scraper = c.scraper
    and least(last, _noetl.forwarding_ceiling(s.scraper, s.last_at, not_after)) > c.at and last is not null;
  if not found then
    return false;
  end if;
  update _noetl.forwarding_target as t set after_line = 0 where t.name = begin_round.target;
  return true;
end
$$;

comment on function _noetl.begin_round(text, timestamptz) is
  'Says what is sent to a target next: of the lines of each scraper what has been scraped since its cursor, until a moment at the latest and at most the target''s batch_span. False: there is nothing. A round stays what it is until it is done, so that what is sent again after a failure is the same.';
