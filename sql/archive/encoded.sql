create or replace function _noetl.encoded(vals double precision[])
returns _noetl.encoded_values
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  coded _noetl.encoded_values;
  power double precision;
  deltas double precision[];
  least double precision;
  most double precision;
begin
  coded.scale := _noetl.decimal_places(vals);
  if coded.scale is null then
    coded.f := vals;
    return coded;
  end if;
  power := (10 ^ coded.scale)::double precision;
  select array_agg(d.delta order by d.nth), min(d.delta), max(d.delta), min(d.scaled) filter (where d.leads)
  into deltas, least, most, coded.first
  from (
    select v.nth, v.scaled, v.before is null and v.scaled is not null as leads,
      v.scaled - coalesce(v.before, v.scaled) as delta
    from (
      select u.nth, round(u.val * power) as scaled, lag(round(u.val * power)) over (partition by u.val is null order by u.nth) as before
      from unnest(vals) with ordinality as u (val, nth)
    ) as v
  ) as d;
  coded.first := coded.first + 0; -- −0 is 0
  case
    when least is null or least = 0 and most = 0 and array_position(deltas, null) is null then null; -- the same at every time
    when least >= -32768 and most <= 32767 then coded.d2 := deltas::smallint[];
    when least >= -2147483648 and most <= 2147483647 then coded.d4 := deltas::integer[];
    else coded.d8 := deltas::bigint[];
  end case;
  return coded;
end
$$;

comment on function _noetl.encoded(double precision[]) is
  'Values, null where there is none, in the form of _noetl.chunk; −0 becomes 0, nothing else is lost. Inverse: _noetl.decoded().';
