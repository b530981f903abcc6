create or replace function _noetl.decoded(
  many integer, scale smallint, first double precision, d2 smallint[], d4 integer[], d8 bigint[], f double precision[])
returns double precision[]
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  power double precision := (10 ^ scale)::double precision;
begin
  -- sums of doubles are exact here: every one of them is a value that was below 2^53
  case
    when f is not null then
      return f;
    when d2 is not null then
      return array(select case when u.d is not null then (first + sum(u.d) over (order by u.nth rows unbounded preceding)) / power end from unnest(d2) with ordinality as u (d, nth));
    when d4 is not null then
      return array(select case when u.d is not null then (first + sum(u.d) over (order by u.nth rows unbounded preceding)) / power end from unnest(d4) with ordinality as u (d, nth));
    when d8 is not null then
      return array(
        select case when u.d is not null then (first + sum(u.d::double precision) over (order by u.nth rows unbounded preceding)) / power end
        from unnest(d8) with ordinality as u (d, nth));
    when first is not null then
      return array_fill(first / power, array[many]);
    else
      return array_fill(null::double precision, array[many]);
  end case;
end
$$;

comment on function _noetl.decoded(integer, smallint, double precision, smallint[], integer[], bigint[], double precision[]) is
  'The values of a chunk of so many times, null where there is none. Inverse: _noetl.encoded(double precision[]).';
