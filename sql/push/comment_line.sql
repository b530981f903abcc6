create or replace function _noetl.comment_line(body text, openmetrics boolean)
returns table (line bigint, keyword text, name text, said text)
language sql
immutable
parallel safe
rows 100
begin atomic
  select c.line, c.words[1], c.words[2], c.words[3]
  from (
    select l.line,
      case when ltrim(l.content, E' \t') like '#%' then regexp_match(l.content, '^[ \t]*#[ \t]*(HELP|TYPE|UNIT)[ \t]+([^ \t]+)[ \t]*(.*)$') end as words
    from string_to_table(body, E'\n') with ordinality as l (content, line)
    offset 0
  ) as c
  where c.words is not null and (openmetrics or c.words[1] <> 'UNIT');
end;

comment on function _noetl.comment_line(text, boolean) is
  'One row is one HELP or TYPE line, in OpenMetrics also UNIT, of a pushed text, by keyword; said: what stands behind the name, as it is written.';
