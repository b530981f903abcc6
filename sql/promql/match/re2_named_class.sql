create or replace function _noetl.re2_named_class(name text, negated boolean, written text)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- pairs of bounds, in ASCII and ascending
  letters text := case name
    when 'alnum' then '09AZaz' when 'alpha' then 'AZaz' when 'ascii' then E'\x01\x7f' when 'blank' then E'\t\t  ' when 'cntrl' then E'\x01\x1f\x7f\x7f'
    when 'digit' then '09' when 'd' then '09' when 'graph' then '!~' when 'lower' then 'az' when 'print' then ' ~' when 'punct' then '!/:@[`{~'
    when 's' then E'\t\n\f\r  ' when 'space' then E'\t\r  ' when 'upper' then 'AZ' when 'w' then '09AZ__az' when 'word' then '09AZ__az' when 'xdigit' then '09AFaf'
  end;
begin
  if letters is null then
    raise exception using errcode = '2201B', message = format('error parsing regexp: invalid character class range: `%s`', written);
  end if;
  return (
    select string_agg(_noetl.re2_class_range(chr(r.lo), chr(r.hi), false), '' order by r.lo)
    from (
      select ascii(substr(letters, p.place, 1)) as lo, ascii(substr(letters, p.place + 1, 1)) as hi
      from generate_series(1, length(letters), 2) as p (place)
      where not negated
      union all
      select case p.place when -1 then 1 else ascii(substr(letters, p.place + 1, 1)) + 1 end,
        coalesce(nullif(ascii(substr(letters, p.place + 2, 1)), 0) - 1, 1114111)
      from generate_series(-1, length(letters) - 1, 2) as p (place)
      where negated
    ) as r
    where r.lo <= r.hi);
end
$$;

comment on function _noetl.re2_named_class(text, boolean, text) is
  'The letters of a class that has a name (RE2, which counts ASCII only) in a class of PostgreSQL; negated: all others. written: as it stands in the expression, for the error of one that does not exist.';
