create or replace function _noetl.decimal_places(vals double precision[])
returns smallint
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  power double precision := 1;
begin
  for places in 0 .. 4 loop
    if not exists (
      select from unnest(vals) as v
      -- an infinite value or NaN is not below any limit
      where case when abs(v) < 9e15 / power then round(v * power) / power <> v else v is not null end)
    then
      return places;
    end if;
    power := power * 10;
  end loop;
  return null;
end
$$;

comment on function _noetl.decimal_places(double precision[]) is
  'The fewest decimals, 0 to 4, with which whole numbers below 2^53 stand for all of these values without loss; null: more, or some value is not finite.';
