create or replace view noetl.rule_group as
select
  coalesce(g.name, u.rule_group) as name,
  g.every,
  coalesce(u.rules, 0) as rules,
  g.evaluated_at,
  g.duration_seconds
from _noetl.rule_group as g
full join (
  select r.rule_group, count(*) as rules
  from (select a.rule_group from noetl.alert_rule as a where a.enabled union all select c.rule_group from _noetl.recording_rule as c where c.enabled) as r
  group by r.rule_group
) as u on u.rule_group = g.name;

comment on view noetl.rule_group is
  'One row is one group of rules: they are evaluated one after another, all for one time. noetl.set_rule_group(text, interval) says how often.';
comment on column noetl.rule_group.every is 'How often; null: after each scrape.';
comment on column noetl.rule_group.rules is 'How many of its rules are on.';
comment on column noetl.rule_group.evaluated_at is 'The time that it was last evaluated for; null: never yet.';
comment on column noetl.rule_group.duration_seconds is 'How long that took, in seconds.';
