create or replace function _noetl.text_line(body text)
returns table (line bigint, content text, keyword text, name text, rest text, written_labels text, readable boolean)
language sql
immutable
parallel safe
rows 1000
begin atomic
  select
    l.line,
    l.content,
    d.words[1],
    coalesce(d.words[2], s.name),
    case
      when d.words is not null then d.words[3]
      when s.open > 0 then btrim(translate(right(l.content, s.close - 1), E'\t', ' '))
      else btrim(translate(substr(ltrim(l.content, E' \t'), length(s.name) + 1), E'\t', ' '))
    end,
    case when s.open > 0 then btrim(substr(l.content, s.open + 1, length(l.content) - s.open - s.close), E' \t,') else '' end,
    s.readable
  from string_to_table(body, E'\n') with ordinality as l (content, line)
  cross join lateral (
    select
      case when l.content ~ '^[ \t]*#[ \t]*(?:HELP|TYPE)[ \t]+[^ \t]' then
        regexp_match(l.content, '^[ \t]*#[ \t]*(HELP|TYPE)[ \t]+([^ \t]+)[ \t]*(.*)$') end as words
  ) as d
  cross join lateral (
    select
      l.content ~ ('^[ \t]*[a-zA-Z_:][a-zA-Z0-9_:]*(?:[ \t]*\{(?:[ \t]*[a-zA-Z_][a-zA-Z0-9_]*[ \t]*=[ \t]*"(?:[^"\\]|\\[\\"n])*"[ \t]*'
        '(?:,[ \t]*[a-zA-Z_][a-zA-Z0-9_]*[ \t]*=[ \t]*"(?:[^"\\]|\\[\\"n])*"[ \t]*)*,?)?[ \t]*\}[ \t]*|[ \t]+)[^ \t\r{}"]+(?:[ \t]+-?[0-9]+)?[ \t]*$')
        as readable,
      case
        when strpos(l.content, '{') > 0 then btrim(split_part(l.content, '{', 1), E' \t')
        else substring(l.content from '[a-zA-Z_:][a-zA-Z0-9_:]*')
      end as name,
      strpos(l.content, '{') as open,
      -- counted from the end
      strpos(reverse(l.content), '}') as close
  ) as s
  where d.words is not null or l.content !~ '^[ \t]*(?:#|$)';
end;

comment on function _noetl.text_line(text) is
  'One row is one line of a text in the Prometheus text format 0.0.4 that is neither empty nor a mere comment. keyword: HELP or TYPE; null: a sample. rest: what the line says; of a sample its value and a timestamp, if it has one. readable: false: it is no sample.';
