create or replace function _noetl.encoded(vals double precision[], direct boolean default true)
returns _noetl.encoded_values
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  coded _noetl.encoded_values;
  power double precision;
  scaled double precision[];
  deltas double precision[];
  -- of the deltas: the least, the most, and how many are zero
  least double precision;
  most double precision;
  unchanged bigint;
  offsets _noetl.encoded_values;
begin
  coded.scale := _noetl.decimal_places(vals);
  if coded.scale is null then
    coded.f := vals;
    return coded;
  end if;
  power := (10 ^ coded.scale)::double precision;
  select array_agg(d.scaled order by d.nth), array_agg(d.delta order by d.nth), min(d.delta), max(d.delta), count(*) filter (where d.delta = 0),
    min(d.scaled) filter (where d.leads)
  into scaled, deltas, least, most, unchanged, coded.first
  from (
    select v.nth, v.scaled, v.before is null and v.scaled is not null as leads,
      v.scaled - coalesce(v.before, v.scaled) as delta
    from (
      select u.nth, round(u.val * power) as scaled, lag(round(u.val * power)) over (partition by u.val is null order by u.nth) as before
      from unnest(vals) with ordinality as u (val, nth)
    ) as v
  ) as d;
  coded.first := coded.first + 0; -- −0 is 0
  if array_position(deltas, null) is null then
    coded.falls := least < 0;
    if least = 0 and most = 0 then
      return coded; -- the same at every time
    elsif direct then
      offsets := _noetl.offsets(scaled, unchanged, coded);
      if not offsets is null then
        return offsets;
      end if;
    end if;
  end if;
  case
    when least is null then null; -- the line was never there
    when least >= -32768 and most <= 32767 then coded.d2 := deltas::smallint[];
    when least >= -2147483648 and most <= 2147483647 then coded.d4 := deltas::integer[];
    else coded.d8 := deltas::bigint[];
  end case;
  return coded;
end
$$;

comment on function _noetl.encoded(double precision[], boolean) is
  'Values, null where there is none, in the form of _noetl.chunk; −0 becomes 0, nothing else is lost. direct = false: only as differences from the value before, which take the least room where values rise evenly. Inverse: _noetl.decoded().';
