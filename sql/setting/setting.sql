create or replace view noetl.setting as
select
  d.name,
  coalesce(o.value, d.default_value) as value,
  d.default_value,
  d.value_type,
  o.changed_at,
  d.description,
  d.least,
  d.most
from _noetl.setting_default as d
left join _noetl.setting_override as o using (name);

comment on view noetl.setting is
  'One row is one setting: its value in force, its default, and when it was changed (null: never). noetl.set_setting() changes it, noetl.reset_setting() takes the change back.';
comment on column noetl.setting.least is 'The least that it may be set to; null: anything above 0.';
comment on column noetl.setting.most is 'The most that it may be set to; null: whatever its type holds, of an interval 1000 years.';
