create or replace view _noetl.page_value as
select p.family_id, p.prefix, p.place, p.value, p.exemplar
from _noetl.present_value as p
where not p.shared
union all
select
  p.family_id,
  p.prefix,
  min(p.place),
  case
    when count(*) = 1 then min(p.value)
    when p.metric_type = 'counter' then sum(_noetl.summable(p.value))
    else case min(f.aggregate)
      when 'sum' then sum(_noetl.summable(p.value))
      when 'min' then min(p.value)
      when 'max' then max(p.value)
      when 'avg' then avg(_noetl.summable(p.value))
      else (array_agg(p.value order by p.at desc))[1]
    end
  end,
  (array_agg(p.exemplar order by p.at desc) filter (where p.exemplar is not null))[1]
from _noetl.present_value as p
join _noetl.any_family as f using (family_id)
where p.shared
group by p.family_id, p.metric_type, p.prefix;

comment on view _noetl.page_value is
  'One row is one line of a counter or gauge on the page; series that would write the same line become one.';
