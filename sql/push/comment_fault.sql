create or replace function _noetl.comment_fault(body text, samples _noetl.pushed_sample[], openmetrics boolean)
returns table (line bigint, fault text)
language sql
immutable
parallel safe
rows 1
begin atomic
  with described as (
    select c.line, c.keyword, c.name, rtrim(c.said) as said, row_number() over (partition by c.keyword, c.name order by c.line) as nth
    from _noetl.comment_line(body, openmetrics) as c
  )
  select f.line, f.fault
  from (
    select d.line, case
        when d.name !~ '^[a-zA-Z_:][a-zA-Z0-9_:]*$' then
          format('%s names %s; a metric name matches [a-zA-Z_:][a-zA-Z0-9_:]*', d.keyword, quote_ident(left(d.name, 60)))
        when d.nth > 1 then format('a second %s line for %s', d.keyword, d.name)
        when d.keyword = 'HELP' and case when openmetrics then replace(d.said, '\"', '') else d.said end ~ '^(?:[^\\]|\\[\\n])*\\([^\\n]|$)' then
          'a backslash in a help text must be followed by \ or n'
        when d.keyword = 'TYPE' and lower(d.said) <> all (case when openmetrics
            then '{counter,gauge,histogram,gaugehistogram,summary,info,stateset,unknown}' else '{counter,gauge,histogram,summary,untyped}' end::text[]) then
          format('the type must be %s, not "%s"', case when openmetrics
            then 'counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown' else 'counter, gauge, histogram, summary or untyped' end, left(d.said, 60))
        when d.keyword = 'TYPE' and d.line > sample.first then format('the TYPE of %s comes after a sample of it', d.name)
      end as fault
    from described as d
    left join (select s.name, min(s.line) as first from unnest(samples) as s group by s.name) as sample using (name)
    union all
    select count(*), 'the last line must end in a line feed'
    from string_to_table(body, E'\n')
    having body <> '' and right(body, 1) <> E'\n' and not (openmetrics and E'\n' || body like E'%\n# EOF')
    union all
    select count(*), 'the last line must be # EOF'
    from string_to_table(body, E'\n')
    having openmetrics and E'\n' || rtrim(body, E'\n') not like E'%\n# EOF'
    union all
    select min(l.line), 'stands behind # EOF'
    from string_to_table(rtrim(body, E'\n'), E'\n') with ordinality as l (content, line)
    where openmetrics and l.line > (
      select min(e.line) from string_to_table(body, E'\n') with ordinality as e (content, line) where e.content = '# EOF')
    having count(*) > 0
  ) as f
  where f.fault is not null;
end;

comment on function _noetl.comment_fault(text, _noetl.pushed_sample[], boolean) is
  'What is wrong with the HELP and TYPE lines of a text, in 0.0.4 or OpenMetrics, or with its end.';
