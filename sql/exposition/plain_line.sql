create or replace view _noetl.plain_line as
select
  s.family_id,
  s.place,
  s.prefix || ' ' || _noetl.float_text(coalesce(s.value + s.increments, s.value, s.increments)) as line,
  case when s.metric_type <> 'counter' and s.runtime_id not in (select r.runtime_id from noetl.runtime as r where r.keeps_values) then s.at end as at,
  s.exemplar
from _noetl.state as s
where s.part = 'v'
  and (s.value is not null or s.increments is not null)
  and s.runtime_id in (select r.runtime_id from noetl.runtime as r where r.status <> 'offline')
  and (
    s.metric_type = 'counter'
    or s.at >= now() - (select _noetl.interval_setting('staleness'))
    or s.runtime_id in (select r.runtime_id from noetl.runtime as r where r.keeps_values));

comment on view _noetl.plain_line is
  'One row is one line of a counter or gauge as of the last fold, where no other series writes the same one: what most of most pages is, from state alone.';
comment on column _noetl.plain_line.at is 'When a gauge was measured; null: it cannot go stale, being a counter or of a component that keeps its values.';
