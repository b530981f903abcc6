create or replace function _noetl.comment_fault(body text, samples _noetl.pushed_sample[])
returns table (line bigint, fault text)
language sql
immutable
parallel safe
rows 1
begin atomic
  with described as (
    select l.line, l.keyword, l.name, rtrim(l.rest) as said, row_number() over (partition by l.keyword, l.name order by l.line) as nth
    from _noetl.text_line(body) as l
    where l.keyword is not null
  )
  select f.line, f.fault
  from (
    select d.line, case
        when d.name !~ '^[a-zA-Z_:][a-zA-Z0-9_:]*$' then
          format('%s names %s; a metric name matches [a-zA-Z_:][a-zA-Z0-9_:]*', d.keyword, quote_ident(left(d.name, 60)))
        when d.nth > 1 then format('a second %s line for %s', d.keyword, d.name)
        when d.keyword = 'HELP' and d.said ~ '^(?:[^\\]|\\[\\n])*\\([^\\n]|$)' then 'a backslash in a help text must be followed by \ or n'
        when d.keyword = 'TYPE' and lower(d.said) not in ('counter', 'gauge', 'histogram', 'summary', 'untyped') then
          format('the type must be counter, gauge, histogram, summary or untyped, not "%s"', left(d.said, 60))
        when d.keyword = 'TYPE' and d.line > (select min(s.line) from unnest(samples) as s where s.name = d.name) then
          format('the TYPE of %s comes after a sample of it', d.name)
      end as fault
    from described as d
    union all
    select count(*), 'the last line must end in a line feed'
    from string_to_table(body, E'\n')
    having body <> '' and right(body, 1) <> E'\n'
  ) as f
  where f.fault is not null;
end;

comment on function _noetl.comment_fault(text, _noetl.pushed_sample[]) is
  'What is wrong with the HELP and TYPE lines of a text, or with its end.';
