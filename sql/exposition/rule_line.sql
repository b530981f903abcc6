create or replace view _noetl.rule_line as
select s.name, _noetl.rendered_labels(s.labels) as page_labels, s.value
from _noetl.rule_sample as s
union all
-- a family that no rule has anything for just now
select n.name, '', null
from (select 'ALERTS' as name union select 'ALERTS_FOR_STATE' union select r.name from _noetl.recording_rule as r) as n
where not exists (select from _noetl.rule_sample as s where s.name = n.name);

comment on view _noetl.rule_line is 'One row is one line that rules have put on the page: recorded series, ALERTS and ALERTS_FOR_STATE. Value null: the family has no line.';
