-- + - * / for float8 as IEEE 754 has them. Operators cannot be replaced; their functions can.
do $$
begin
  if to_regoperator('_noetl.+(float8,float8)') is null then
    create operator _noetl.+ (function = _noetl.ieee_add, leftarg = float8, rightarg = float8);
    create operator _noetl.- (function = _noetl.ieee_subtract, leftarg = float8, rightarg = float8);
    create operator _noetl.* (function = _noetl.ieee_multiply, leftarg = float8, rightarg = float8);
    create operator _noetl./ (function = _noetl.ieee_divide, leftarg = float8, rightarg = float8);
  end if;
end
$$;
