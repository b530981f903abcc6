create or replace function _noetl.re2_class_range(first text, last text, ignores_case boolean)
returns text
language sql
immutable
parallel safe
begin atomic
  with letters (lo, hi) as (
    values (ascii(first), ascii(last))
    union
    -- the same in the other case
    select greatest(ascii(first), c.lo) + c.shift, least(ascii(last), c.hi) + c.shift
    from (values (65, 90, 32), (97, 122, -32)) as c (lo, hi, shift)
    where ignores_case and ascii(first) <= c.hi and ascii(last) >= c.lo
    union
    select ascii(o.letter), ascii(o.letter)
    from unnest(array[lower(first), upper(first)]) as o (letter)
    where ignores_case and first = last
  )
  select string_agg(case when l.lo = l.hi then b.lo else b.lo || '-' || b.hi end, '' order by l.lo)
  from letters as l
  cross join lateral (
    select
      case when chr(l.lo) ~ '[][\\^-]' then '\' else '' end || chr(l.lo) as lo,
      case when chr(l.hi) ~ '[][\\^-]' then '\' else '' end || chr(l.hi) as hi
  ) as b;
end;

comment on function _noetl.re2_class_range(text, text, boolean) is 'The letters from first to last in a class of a regular expression of PostgreSQL.';
