create or replace function noetl.import_text(body text, lines_before bigint default 0)
returns bigint
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set enable_nestloop = off
set jit = off
as $$
#variable_conflict use_column
declare
  given record;
  series record;
  fault record;
begin
  -- the last two words of a line are value and time; what stands before is read once for all samples that have it
  select array_agg(w.line) as lines, array_agg(w.series) as series, array_agg(_noetl.text_value(w.value)) as vals,
    array_agg(case when w.at ~ '^[0-9]{1,15}$' then w.at::bigint end) as at_ms
  into given
  from (
    select l.line, split_part(l.content, ' ', -1) as at, split_part(l.content, ' ', -2) as value,
      rtrim(left(l.content, -length(split_part(l.content, ' ', -1)) - length(split_part(l.content, ' ', -2)) - 2)) as series
    from (
      select t.line,
        case when t.content ~ E'[\t\r]|  | $' then regexp_replace(rtrim(t.content, E' \t\r'), E'[ \t]+([^ \t]+)[ \t]+([^ \t]+)$', ' \1 \2') else t.content end as content
      from string_to_table(body, E'\n') with ordinality as t (content, line)
      where t.content !~ E'^[ \t\r]*(?:#|$)'
      offset 0
    ) as l
    offset 0
  ) as w;
  if given.lines is null then
    return 0;
  end if;

  with written as materialized (
    select u.series, min(u.line) as line, row_number() over (order by min(u.line)) as nth
    from unnest(given.series, given.lines) as u (series, line)
    group by u.series
  ),
  read as materialized (
    select w.series, w.line, w.nth, r.name, r.readable, r.written_labels, case when r.readable then _noetl.text_labels(r.written_labels, r.plain) end as labels
    from written as w
    left join _noetl.sample_line((select string_agg(w.series || ' 0', E'\n' order by w.nth) from written as w)) as r on r.line = w.nth
  )
  select
    array_agg(r.series order by r.nth) as written, array_agg(r.name order by r.nth) as names, array_agg(r.labels order by r.nth) as labels,
    (array_agg(array[r.line::text, case
        when r.series = '' then 'must end in a value and a time in milliseconds'
        when r.readable is not true then _noetl.line_fault(r.series || ' 0')
        when r.labels ? '__name__' then 'a label must not be __name__'
        else 'a label is given twice'
      end] order by r.nth)
      filter (where r.readable is not true or r.labels ? '__name__'
        or _noetl.label_count(r.labels) < regexp_count(r.written_labels, '=[ \t]*"(?:[^"\\]|\\.)*"')))[1:1] as broken
  into series
  from read as r;

  select least(b.line, s.line) as line, case when s.line <= b.line is not false and s.line is not null then s.rule else b.rule end as rule
  into fault
  from (select (series.broken)[1][1]::bigint as line, (series.broken)[1][2] as rule) as s
  left join (
    select u.line, case when u.val is null then 'the value must be a number, NaN, +Inf or -Inf' else 'the time must be milliseconds between 1970 and 10 minutes from now' end as rule
    from unnest(given.lines, given.vals, given.at_ms) as u (line, val, at_ms)
    where u.val is null or u.at_ms is null or u.at_ms > (date_part('epoch', clock_timestamp()) + 600) * 1000
    order by u.line
    limit 1
  ) as b on true;
  if fault.line is not null then
    raise exception 'line %: %', lines_before + fault.line, fault.rule using errcode = 'invalid_parameter_value';
  end if;

  return _noetl.import_lines(
    array(
      select k.line_id
      from unnest(given.series) with ordinality as u (series, nth)
      join unnest(series.written, _noetl.imported_lines(series.names, series.labels)) as k (series, line_id) on k.series = u.series
      order by u.nth),
    given.at_ms, given.vals);
end
$$;

comment on function noetl.import_text(text, bigint) is
  'Stores samples in the archive that are written as lines of the Prometheus text format with their time, name{label="value"} value milliseconds: in any order, from 1970 to 10 minutes from now. Comments and empty lines are passed over. Returns how many samples there were; a line that breaks a rule is an error that names it, and nothing is stored. lines_before: how many lines of a longer text have gone before.';
