create or replace function _noetl.decoded(
  many integer, scale smallint, first double precision, marks double precision[], m2 smallint[], h1 "char"[], o1 "char"[], o2 smallint[], o4 integer[],
  d2 smallint[], d4 integer[], d8 bigint[], f double precision[])
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
    when m2 is not null then
      return array(select (first + (m2[(i - 1) / 8 + 1] + o1[i]::integer)) / power from generate_subscripts(o1, 1) as i);
    when h1 is not null then
      return array(select (first + (256 * unnest(h1)::integer + unnest(o1)::integer)) / power);
    when o1 is not null then
      return array(select (marks[(i - 1) / 64 + 1] + o1[i]::integer) / power from generate_subscripts(o1, 1) as i);
    when o2 is not null and marks is null then
      return array(select (first + unnest(o2)) / power);
    when o2 is not null then
      return array(select (marks[(i - 1) / 16 + 1] + o2[i]) / power from generate_subscripts(o2, 1) as i);
    when o4 is not null and marks is null then
      return array(select (first + unnest(o4)) / power);
    when o4 is not null then
      return array(select (marks[(i - 1) / 16 + 1] + o4[i]) / power from generate_subscripts(o4, 1) as i);
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

comment on function _noetl.decoded(
  integer, smallint, double precision, double precision[], smallint[], "char"[], "char"[], smallint[], integer[], smallint[], integer[], bigint[], double precision[]) is
  'The values of a chunk of so many times, null where there is none. Inverse: _noetl.encoded(double precision[], boolean).';
