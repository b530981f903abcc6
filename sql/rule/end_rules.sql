create or replace function _noetl.end_rules(at timestamptz)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  ended record;
begin
  for ended in
    select s.rule, s.scraper
    from _noetl.rule_state as s
    where s.rule not in (select r.rule from _noetl.rule as r)
    for update skip locked
  loop
    insert into _noetl.alert_event (at, rule, labels, annotations, state, value, active_at)
    select end_rules.at, a.rule, a.labels, a.annotations, case a.state when 'firing' then 'resolved' else 'inactive' end, a.value, a.active_at
    from _noetl.alert as a
    where a.rule = ended.rule and a.state <> 'resolved';
    update _noetl.alert as a set state = 'resolved', resolved_at = end_rules.at where a.rule = ended.rule and a.state = 'firing';
    delete from _noetl.alert as a where a.rule = ended.rule and a.state = 'pending';
    perform _noetl.notify_of_alerts(ended.rule, at);
    if ended.scraper is not null then
      perform _noetl.store_scrape(ended.scraper, end_rules.at);
      update _noetl.scraper as s set what = s.what || ' until ' || end_rules.at where s.scraper = ended.scraper;
    end if;
    delete from _noetl.rule_state as s where s.rule = ended.rule;
  end loop;
  delete from _noetl.alert as a
  where a.resolved_at < end_rules.at - _noetl.interval_setting('resolved_retention') and a.rule not in (select r.rule from _noetl.rule as r);
end
$$;

comment on function _noetl.end_rules(timestamptz) is
  'Ends what belongs to rules that are gone or off: their alerts are resolved, their lines leave the page and end in the archive.';
