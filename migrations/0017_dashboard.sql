-- Panels of one's own, beside those of the presets, which are code.
create table noetl.dashboard_panel (
  dashboard text not null,
  place integer not null,
  section text not null default 'Panels',
  title text not null,
  kind text not null default 'timeseries',
  unit text,
  width integer not null default 8,
  legend text,
  expression text not null,
  primary key (dashboard, place),
  constraint dashboard_panel_dashboard_is_a_name check (dashboard ~ '^[a-z]{1,30}$' and dashboard <> 'sql'),
  constraint dashboard_panel_place_is_positive check (place between 1 and 100000),
  constraint dashboard_panel_section_is_not_empty check (section <> ''),
  constraint dashboard_panel_title_is_not_empty check (title <> ''),
  constraint dashboard_panel_kind_is_known check (kind in ('timeseries', 'stat', 'table')),
  constraint dashboard_panel_width_fits check (width between 1 and 24)
);

comment on table noetl.dashboard_panel is
  'One row is one query of a panel of one''s own; rows of one title make a panel. It appears at once in the page in the browser and in noetl.grafana_dashboard(), on a dashboard of its own or after the panels of a preset: insert into noetl.dashboard_panel (dashboard, place, title, expression) values (''shop'', 1, ''Orders'', ''sum(rate(orders_total[$__rate_interval]))'').';
comment on column noetl.dashboard_panel.dashboard is 'Small letters.';
comment on column noetl.dashboard_panel.place is 'Panels of a dashboard are shown in this order.';
comment on column noetl.dashboard_panel.kind is 'timeseries: lines over time; stat: the last value; table: the values at the end.';
comment on column noetl.dashboard_panel.unit is 'As Grafana names it: short, s, bytes, percentunit, percent, ops, reqps, d; null: plain numbers.';
comment on column noetl.dashboard_panel.width is 'Of 24 columns.';
comment on column noetl.dashboard_panel.legend is 'What a line is called, {{label}} for the value of a label; null: all labels.';
comment on column noetl.dashboard_panel.expression is 'In PromQL; $__rate_interval, $__interval and $__range stand for windows that fit what is shown.';
