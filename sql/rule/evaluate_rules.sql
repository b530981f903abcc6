create or replace function noetl.evaluate_rules(at timestamptz default null)
returns integer
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  -- rules see what the scrape has just stored, and are of its time
  moment timestamptz := coalesce(at, (select s.last_at from _noetl.scraper as s where s.what = 'page'), clock_timestamp());
  due text;
  began timestamptz;
  evaluated integer := 0;
begin
  insert into _noetl.rule_group (name)
  select distinct r.rule_group from _noetl.rule as r where r.rule_group not in (select g.name from _noetl.rule_group as g)
  on conflict do nothing;
  for due in
    select g.name
    from _noetl.rule_group as g
    where case when g.every is null then g.evaluated_at is distinct from moment
      else _noetl.next_beat(g.every, g.evaluated_at) is distinct from _noetl.next_beat(g.every, moment) end
    order by g.name
    -- somebody else is at those that are locked
    for no key update skip locked
  loop
    began := clock_timestamp();
    evaluated := evaluated + _noetl.evaluate_rule_group(due, moment);
    update _noetl.rule_group as g
    set evaluated_at = moment, duration_seconds = extract(epoch from clock_timestamp() - began)
    where g.name = due;
  end loop;
  perform _noetl.end_rules(moment);
  perform _noetl.plan_notifications();
  return evaluated;
end
$$;

comment on function noetl.evaluate_rules(timestamptz) is
  'Evaluates the rules of every group that is due, for the time of the last scrape, and returns how many it evaluated. Ticks call it after each scrape; a group is never evaluated twice for one time, however many sessions call it. at: another time, which must be later than the last; for tests and catching up. Who is to be told of what changed is planned in the same transaction.';
