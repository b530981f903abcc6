create or replace function _noetl.template_number(value jsonb)
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  number text := case jsonb_typeof(value) when 'array' then value ->> 0 else value #>> '{}' end;
begin
  if jsonb_typeof(value) not in ('array', 'number', 'string') or number !~ '^[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|Inf|Infinity|NaN)$' then
    raise exception 'can''t convert % to float', _noetl.template_text(value);
  end if;
  return number::double precision;
exception
  when numeric_value_out_of_range then
    raise exception 'can''t convert % to float', number;
end
$$;

comment on function _noetl.template_number(jsonb) is 'A value of a template as a number, for the functions that format one; an error where it is none.';
