create or replace function _noetl.promql_number(token text)
returns double precision
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  bare text := replace(token, '_', '');
begin
  return case
    when token ~ '^[1-9][0-9]{0,14}(?:\.[0-9]{0,15})?$|^0?\.[0-9]{1,15}$|^0$' then token::double precision
    when lower(token) = 'inf' then 'Infinity'::double precision
    when lower(token) = 'nan' then 'NaN'::double precision
    -- whole numbers up to 2^63, with their digits in groups
    when token ~* '^0x(?:_?[0-9a-f])+$' and ltrim(substr(bare, 3), '0') ~* '^(?:[0-7]?[0-9a-f]{0,15})$'
      then ('x' || lpad(substr(bare, 3), 16, '0'))::bit(64)::bigint::double precision
    when token ~ '^0(?:_?[0-7])+$' and ltrim(bare, '0') ~ '^(?:[0-7]{0,21})$' then (
      select sum(d.digit::numeric * 8::numeric ^ (length(bare) - d.place))
      from regexp_split_to_table(bare, '') with ordinality as d (digit, place))::double precision
    when token ~ '^[1-9](?:_?[0-9])*$' and (bare = token or bare::numeric < 9223372036854775808) then bare::double precision
    when token ~ '^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$' then token::double precision
  end;
exception
  when numeric_value_out_of_range then
    -- too small is 0; so is 0 times whatever
    return case when token ~ '[eE]-' or token ~ '^[0.]+(?:[eE]|$)' or token ~ '^0*\.0' then 0::double precision else 'Infinity' end;
end
$$;

comment on function _noetl.promql_number(text) is
  'A number of PromQL that is written as Prometheus reads it: decimal, with an exponent, octal after 0, hexadecimal after 0x, inf or nan. Infinity also for what is too large; null: it is no number.';
