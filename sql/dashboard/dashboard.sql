create or replace view noetl.dashboard as
select t.preset as dashboard, t.place, t.section, t.title, t.kind, t.unit, t.width, t.legend, t.expression, false as own
from _noetl.dashboard_target as t
union all
-- after those of a preset
select p.dashboard, 1000 + p.place, p.section, p.title, p.kind, p.unit, p.width, p.legend, p.expression, true
from noetl.dashboard_panel as p;

comment on view noetl.dashboard is
  'One row is one query of one panel of a dashboard, of the presets and of noetl.dashboard_panel; rows of one title make a panel. The page in the browser and noetl.grafana_dashboard() draw what stands here.';
comment on column noetl.dashboard.expression is 'PromQL; of the dashboard sql, which only Grafana draws, SQL.';
comment on column noetl.dashboard.own is 'True: a row of noetl.dashboard_panel.';
