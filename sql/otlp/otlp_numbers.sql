create or replace function _noetl.otlp_numbers(list jsonb)
returns double precision[]
language sql
immutable
parallel safe
begin atomic
  select case
    when list is null or list = 'null' then '{}'
    when jsonb_typeof(list) = 'array' then
      array(select _noetl.otlp_number(n.value) from jsonb_array_elements(list) with ordinality as n (value, place) order by n.place)
  end;
end;

comment on function _noetl.otlp_numbers(jsonb) is 'An array of numbers of an OTLP request, null where there is none; empty: it is absent; null: it is no array.';
