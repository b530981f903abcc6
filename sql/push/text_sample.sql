create or replace function _noetl.text_sample(body text, group_labels jsonb, format text)
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
    select * from _noetl.sample_line(case format when 'text' then body else _noetl.without_exemplars(body) end)
  ),
  described as materialized (
    select c.keyword, c.name, min(c.line) as line,
      (array_agg(case c.keyword when 'HELP' then coalesce(_noetl.unescaped(c.said), '') else rtrim(c.said) end order by c.line))[1] as said
    from _noetl.comment_line(body, format = 'openmetrics') as c
    group by c.keyword, c.name
  ),
  -- Whose a sample is depends on what the text has said before it, as for whoever reads it line by line.
  named as materialized (
    select distinct on (n.name)
      n.name,
      coalesce(base.name, n.name) as described,
      coalesce(base.name || base.family_suffix, n.name) as family,
      coalesce(base.metric_type, own.metric_type, 'untyped') as metric_type
    from (select l.name, min(l.line) as line from line as l where l.readable group by l.name) as n
    left join (
      select d.name, case
          when format <> 'openmetrics' then lower(d.said)
          when lower(d.said) in ('info', 'stateset', 'gaugehistogram') then 'gauge'
          when lower(d.said) = 'unknown' then 'untyped'
          else lower(d.said)
        end as metric_type
      from described as d
      where d.keyword = 'TYPE'
    ) as own on own.name = n.name
    left join (
      select d.name, d.line, d.name || p.suffix as sample_name, p.family_suffix, p.metric_type
      from described as d
      join _noetl.text_part as p on p.written_type = lower(d.said) and p.openmetrics = (format = 'openmetrics')
      where d.keyword = 'TYPE'
    ) as base on base.sample_name = n.name
      and base.line < n.line
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
    s.value is null or s.rest not like '% %' and _noetl.value_fault(s.part, s.metric_type, s.value) is null,
    nullif(s.unit, ''),
    x.metadata
  from (
    select p.*, _noetl.text_bound(p.part, p.labels) as bound, _noetl.text_value(split_part(p.rest, ' ', 1)) as value
    from (
      select t.*, _noetl.sample_part(t.metric_type, t.name, t.labels) as part
      from (
        select l.line, n.family, n.metric_type, l.name, l.rest, l.written_labels, h.said as help, u.said as unit,
          _noetl.text_labels(l.written_labels, l.plain) as labels
        from line as l
        join named as n using (name)
        left join described as h on h.keyword = 'HELP' and h.name = n.described
        left join described as u on u.keyword = 'UNIT' and u.name = n.described
        where l.readable
        offset 0
      ) as t
      offset 0
    ) as p
    offset 0
  ) as s
  left join _noetl.text_exemplar(case when format <> 'text' then body end) as x on x.line = s.line and s.part in ('b', 'v')
  union all
  select l.line, null, null, null, null, null, null, _noetl.line_fault(l.content), true, null, null
  from line as l
  where not l.readable;
end;

comment on function _noetl.text_sample(text, jsonb, text) is
  'One row is one sample of a pushed text in this format, as in noetl.push_metrics(), with the labels of the group over its own in canonical form, or what is wrong with it. Samples of no declared type are untyped; histograms and summaries come in their parts.';
