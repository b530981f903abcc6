create or replace function _noetl.text_sample(body text, group_labels jsonb)
returns setof _noetl.pushed_sample
language sql
immutable
parallel safe
rows 1000
-- what a text holds is unknown to the planner, which takes it for a line or two
set enable_nestloop = off
set jit = off
begin atomic
  with line as materialized (
    select * from _noetl.text_line(body)
  ),
  described as materialized (
    select l.keyword, l.name, min(l.line) as line,
      (array_agg(case l.keyword when 'HELP' then coalesce(_noetl.unescaped(l.rest), '') else rtrim(l.rest) end order by l.line))[1] as said
    from line as l
    where l.keyword is not null
    group by l.keyword, l.name
  ),
  -- Whose a sample is depends on what the text has said before it, as for whoever reads it line by line.
  named as materialized (
    select distinct on (n.name)
      n.name, coalesce(base.name, n.name) as family, lower(coalesce(base.said, own.said, 'untyped')) as metric_type
    from (select l.name, min(l.line) as line from line as l where l.readable and l.keyword is null group by l.name) as n
    left join described as own on own.keyword = 'TYPE' and own.name = n.name
    left join described as base on base.keyword = 'TYPE'
      and base.line < n.line
      and n.name = any (array[base.name || '_sum', base.name || '_count', case lower(base.said) when 'histogram' then base.name || '_bucket' end])
      and lower(base.said) in ('histogram', 'summary')
      and not exists (select from described as d where d.name = n.name and d.line < n.line)
    order by n.name
  )
  select l.line, n.family, n.metric_type, l.name,
    case
      when s.part in ('b', 'q') or l.written_labels like '%""%' or group_labels @? '$.* ? (@ == "")' then
        _noetl.canonical_labels(s.labels || group_labels, s.part, b.bound)
      else s.labels || group_labels
    end,
    v.value,
    h.said,
    case
      when v.value is null then format('the value must be a number, NaN, +Inf or -Inf, not "%s"', left(split_part(l.rest, ' ', 1), 60))
      -- so long is the object of labels that are written plainly, each once; of others they are counted
      when length(s.labels::text) <> length(l.written_labels) + 4 * (length(l.written_labels) - length(replace(l.written_labels, '=', ''))) + 1
        and l.written_labels <> ''
        and regexp_count(l.written_labels, '=[ \t]*"(?:[^"\\]|\\.)*"') <> (select count(*) from jsonb_object_keys(s.labels)) then
        'a label is given twice'
      when l.rest like '% %' then 'must have no timestamp: pushed values are as of now'
      when s.part = 'o' then format('a sample of the %s %s must be one of its parts', n.metric_type, n.family)
      when s.part in ('b', 'q') and b.bound is null then
        format('%s must be a number', case s.part when 'b' then 'le' else 'quantile, from 0 to 1,' end)
      when n.metric_type not in ('gauge', 'untyped') then
        substr(_noetl.value_fault(s.part, n.metric_type, v.value), length('metric_value: ') + 1)
    end,
    -- a rule that is broken, but nothing that a reader of the format would stumble over
    v.value is null or l.rest not like '% %' and _noetl.value_fault(s.part, n.metric_type, v.value) is null
  from line as l
  join named as n using (name)
  left join described as h on h.keyword = 'HELP' and h.name = n.family
  cross join lateral (
    select t.labels, _noetl.sample_part(n.metric_type, l.name, t.labels) as part
    from (select _noetl.text_labels(l.written_labels) as labels offset 0) as t
  ) as s
  cross join lateral (select _noetl.text_bound(s.part, s.labels) as bound offset 0) as b
  cross join lateral (select _noetl.text_value(split_part(l.rest, ' ', 1)) as value offset 0) as v
  where l.keyword is null and l.readable
  union all
  select l.line, null, null, null, null, null, null, _noetl.line_fault(l.content), true
  from line as l
  where l.keyword is null and not l.readable;
end;

comment on function _noetl.text_sample(text, jsonb) is
  'One row is one sample of a text in the Prometheus text format 0.0.4, with the labels of the group over its own in canonical form, or what is wrong with it. Samples of no declared type are untyped; histograms and summaries come in their parts.';
