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
    select * from _noetl.sample_line(body)
  ),
  described as materialized (
    select c.keyword, c.name, min(c.line) as line,
      (array_agg(case c.keyword when 'HELP' then coalesce(_noetl.unescaped(c.said), '') else rtrim(c.said) end order by c.line))[1] as said
    from _noetl.comment_line(body) as c
    group by c.keyword, c.name
  ),
  -- Whose a sample is depends on what the text has said before it, as for whoever reads it line by line.
  named as materialized (
    select distinct on (n.name)
      n.name, coalesce(base.name, n.name) as family, lower(coalesce(base.said, own.said, 'untyped')) as metric_type
    from (select l.name, min(l.line) as line from line as l where l.readable group by l.name) as n
    left join described as own on own.keyword = 'TYPE' and own.name = n.name
    left join described as base on base.keyword = 'TYPE'
      and base.line < n.line
      and n.name = any (array[base.name || '_sum', base.name || '_count', case lower(base.said) when 'histogram' then base.name || '_bucket' end])
      and lower(base.said) in ('histogram', 'summary')
      and not exists (select from described as d where d.name = n.name and d.line < n.line)
    order by n.name
  )
  -- "offset 0": each step is taken once
  select s.line, s.family, s.metric_type, s.name,
    case
      when s.part in ('b', 'q') or s.written_labels like '%""%' or group_labels @? '$.* ? (@ == "")' then
        _noetl.canonical_labels(s.labels || group_labels, s.part, s.bound)
      else s.labels || group_labels
    end,
    s.value,
    s.help,
    _noetl.text_fault(s.family, s.metric_type, s.part, s.bound, s.labels, s.written_labels, s.rest, s.value),
    -- a rule that is broken, but nothing that a reader of the format would stumble over
    s.value is null or s.rest not like '% %' and _noetl.value_fault(s.part, s.metric_type, s.value) is null
  from (
    select p.*, _noetl.text_bound(p.part, p.labels) as bound, _noetl.text_value(split_part(p.rest, ' ', 1)) as value
    from (
      select t.*, _noetl.sample_part(t.metric_type, t.name, t.labels) as part
      from (
        select l.line, n.family, n.metric_type, l.name, l.rest, l.written_labels, h.said as help,
          _noetl.text_labels(l.written_labels, l.plain) as labels
        from line as l
        join named as n using (name)
        left join described as h on h.keyword = 'HELP' and h.name = n.family
        where l.readable
        offset 0
      ) as t
      offset 0
    ) as p
    offset 0
  ) as s
  union all
  select l.line, null, null, null, null, null, null, _noetl.line_fault(l.content), true
  from line as l
  where not l.readable;
end;

comment on function _noetl.text_sample(text, jsonb) is
  'One row is one sample of a text in the Prometheus text format 0.0.4, with the labels of the group over its own in canonical form, or what is wrong with it. Samples of no declared type are untyped; histograms and summaries come in their parts.';
