create or replace function _noetl.with_creations(lines text, base text, created text)
returns text
language sql
immutable
parallel safe
begin atomic
  with line as (
    select w.content, w.place,
      case
        when w.head in (base || '_total', base || '_count') then ''
        when w.head like base || '\_total{%' or w.head like base || '\_count{%' then substr(w.head, length(base || '_total') + 1)
        when w.head = base || '_bucket{le="+Inf"}' then ''
        when w.head like base || '\_bucket{%,le="+Inf"}' then left(substr(w.head, length(base || '_bucket') + 1), -length(',le="+Inf"}')) || '}'
      end as labels
    from (
      select t.content, t.place, substring(t.content from '^[^ {]+(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?') as head
      from string_to_table(left(lines, -1), E'\n') with ordinality as t (content, place)
    ) as w
  ),
  creation as (
    select t.content, substr(substring(t.content from '^[^ {]+(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?'), length(base || '_created') + 1) as labels
    from string_to_table(left(created, -1), E'\n') as t (content)
  )
  select string_agg(l.content || coalesce(E'\n' || c.content, '') || E'\n', '' order by l.place)
  from (select l.content, l.place, l.labels, lead(l.place) over (partition by l.labels order by l.place) is null as is_last from line as l) as l
  left join creation as c on c.labels = l.labels and l.is_last;
end;

comment on function _noetl.with_creations(text, text, text) is
  'The OpenMetrics lines of a counter, histogram or summary base with those of base_created, each behind the last line of its label set; the others are left out.';
