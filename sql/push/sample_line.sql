create or replace function _noetl.sample_line(body text)
returns table (line bigint, content text, name text, rest text, written_labels text, plain boolean, readable boolean)
language sql
immutable
parallel safe
rows 1000
begin atomic
  with read as materialized (
    select l.line, l.content,
      -- what nearly every line is like, taken apart without another regular expression
      l.content ~ ('^[a-zA-Z_:][a-zA-Z0-9_:]*(?:\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\=,[:cntrl:]](?:[^"\\[:cntrl:]]*[^"\\=,[:cntrl:]])?)?"'
        '(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\=,[:cntrl:]](?:[^"\\[:cntrl:]]*[^"\\=,[:cntrl:]])?)?")*)?\})? [^ {}"[:cntrl:]]+$') as plain
    from string_to_table(body, E'\n') with ordinality as l (content, line)
  )
  select p.line, p.content, p.name, p.value,
    substr(p.content, length(p.name) + 2, greatest(length(p.content) - length(p.name) - length(p.value) - 3, 0)), true, true
  from (
    select r.line, r.content, split_part(split_part(r.content, '{', 1), ' ', 1) as name, split_part(r.content, ' ', -1) as value
    from read as r
    where r.plain
  ) as p
  union all
  select
    r.line,
    r.content,
    s.name,
    case
      when s.open > 0 then btrim(translate(right(r.content, s.close - 1), E'\t', ' '))
      else btrim(translate(substr(ltrim(r.content, E' \t'), length(s.name) + 1), E'\t', ' '))
    end,
    case when s.open > 0 then btrim(substr(r.content, s.open + 1, length(r.content) - s.open - s.close), E' \t,') else '' end,
    false,
    s.readable
  from read as r
  cross join lateral (
    select
      r.content ~ ('^[ \t]*[a-zA-Z_:][a-zA-Z0-9_:]*(?:[ \t]*\{(?:[ \t]*[a-zA-Z_][a-zA-Z0-9_]*[ \t]*=[ \t]*"(?:[^"\\]|\\[\\"n])*"[ \t]*'
        '(?:,[ \t]*[a-zA-Z_][a-zA-Z0-9_]*[ \t]*=[ \t]*"(?:[^"\\]|\\[\\"n])*"[ \t]*)*,?)?[ \t]*\}[ \t]*|[ \t]+)[^ \t\r{}"]+(?:[ \t]+-?[0-9]+)?[ \t]*$')
        as readable,
      case
        when strpos(r.content, '{') > 0 then btrim(split_part(r.content, '{', 1), E' \t')
        else substring(r.content from '[a-zA-Z_:][a-zA-Z0-9_:]*')
      end as name,
      strpos(r.content, '{') as open,
      -- counted from the end
      strpos(reverse(r.content), '}') as close
  ) as s
  where not r.plain and r.content !~ '^[ \t]*(?:#|$)';
end;

comment on function _noetl.sample_line(text) is
  'One row is one line of a text in the Prometheus text format 0.0.4 that is neither empty nor a comment. rest: what stands behind the name and its labels, a value and a timestamp, if it has one. plain: written without a blank, escape or comma too many, and no label value begins or ends with = or a comma. readable: false: it is no sample.';
