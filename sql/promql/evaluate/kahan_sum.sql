create or replace function _noetl.kahan_sum(vals double precision[])
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  total double precision := 0;
  lost double precision := 0;
  next double precision;
  val double precision;
begin
  vals := array_remove(vals, null);
  if cardinality(vals) = 0 then
    return null;
  end if;
  foreach val in array vals loop
    next := total operator(_noetl.+) val;
    if abs(next) = 'Infinity' then
      lost := 0;
    elsif abs(total) >= abs(val) then
      lost := lost + ((total - next) + val);
    else
      lost := lost + ((val - next) + total);
    end if;
    total := next;
  end loop;
  return case when abs(total) = 'Infinity' then total else total operator(_noetl.+) lost end;
end
$$;

comment on function _noetl.kahan_sum(double precision[]) is
  'The sum of all values that are there, with what each addition loses added in the end (Kahan, Neumaier), infinite where it overflows; null: there are none.';
