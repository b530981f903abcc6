create or replace function _noetl.offsets(numbers double precision[], unchanged bigint, inout coded _noetl.encoded_values)
returns _noetl.encoded_values
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- between the least and the greatest: of all, and at most of 64, 16 and 8 in a row
  spread double precision;
  spread_of_64 double precision;
  spread_of_16 double precision;
  spread_of_8 double precision;
  low double precision;
begin
  select max(q.high) - min(q.low), max(q.high - q.low), max(q.spread), max(q.spread_of_8), min(q.low)
  into spread, spread_of_64, spread_of_16, spread_of_8, low
  from (
    select max(p.high) as high, min(p.low) as low, max(p.high - p.low) as spread, max(p.spread) as spread_of_8
    from (
      select r.run / 2 as pair, max(r.high) as high, min(r.low) as low, max(r.high - r.low) as spread
      from (
        select (u.nth - 1) / 8 as run, min(u.number) as low, max(u.number) as high from unnest(numbers) with ordinality as u (number, nth) group by 1
      ) as r
      group by 1
    ) as p
    group by p.pair / 4
  ) as q;
  coded.first := null;
  case
    -- what hardly changes is compressed to nearly nothing; what is stored as it is, is read ten times as fast
    when spread <= 65535 and (unchanged > 0.9 * cardinality(numbers) or cardinality(numbers) < 64 or spread_of_8 > 255 and spread > 4095) then
      coded.first := low + 32768;
      coded.o2 := array(select unnest(numbers) - coded.first)::smallint[];
    when spread_of_64 <= 255 then
      coded.marks := array(select min(u.number) + 128 from unnest(numbers) with ordinality as u (number, nth) group by (u.nth - 1) / 64 order by (u.nth - 1) / 64);
      coded.o1 := array(select (numbers[i] - coded.marks[(i - 1) / 64 + 1])::integer from generate_subscripts(numbers, 1) as i)::"char"[];
    when spread <= 65535 and spread_of_8 > 255 then
      coded.first := low + 32896;
      coded.h1 := array(select floor((unnest(numbers) - low) / 256)::integer - 128)::"char"[];
      coded.o1 := array(select (n.number - coded.first - 256 * n.high)::integer from (select unnest(numbers) as number, unnest(coded.h1)::integer as high) as n)::"char"[];
    when spread <= 65535 then
      coded.first := low + 32896;
      coded.m2 := array(select min(u.number) - low - 32768 from unnest(numbers) with ordinality as u (number, nth) group by (u.nth - 1) / 8 order by (u.nth - 1) / 8)::smallint[];
      coded.o1 := array(select (numbers[i] - coded.first - coded.m2[(i - 1) / 8 + 1])::integer from generate_subscripts(numbers, 1) as i)::"char"[];
    when spread_of_16 <= 65535 then
      coded.marks := array(select min(u.number) + 32768 from unnest(numbers) with ordinality as u (number, nth) group by (u.nth - 1) / 16 order by (u.nth - 1) / 16);
      coded.o2 := array(select numbers[i] - coded.marks[(i - 1) / 16 + 1] from generate_subscripts(numbers, 1) as i)::smallint[];
    when spread <= 4294967295 then
      coded.first := low + 2147483648;
      coded.o4 := array(select unnest(numbers) - coded.first)::integer[];
    when spread_of_16 <= 4294967295 then
      coded.marks := array(select min(u.number) + 2147483648 from unnest(numbers) with ordinality as u (number, nth) group by (u.nth - 1) / 16 order by (u.nth - 1) / 16);
      coded.o4 := array(select numbers[i] - coded.marks[(i - 1) / 16 + 1] from generate_subscripts(numbers, 1) as i)::integer[];
    else
      coded := null;
  end case;
end
$$;

comment on function _noetl.offsets(double precision[], bigint, _noetl.encoded_values) is
  'Adds to a chunk whole numbers as differences from a common one, or from one for each run, of which "unchanged" equal the one before; null: they lie too far apart.';
