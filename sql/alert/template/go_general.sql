create or replace function _noetl.go_general(value double precision, digits integer default null)
returns text
language sql
immutable
parallel safe
return (
  select case
    when value::text in ('NaN', 'Infinity', '-Infinity') then replace(replace(replace(value::text, 'Infinity', 'Inf'), 'Inf', '+Inf'), '-+', '-')
    when d.exponent between -4 and coalesce(digits, 6) - 1 then trim_scale((d.mantissa || 'e' || d.exponent)::numeric)::text
    else d.mantissa || 'e' || case when d.exponent < 0 then '-' else '+' end || case when abs(d.exponent) < 10 then '0' else '' end || abs(d.exponent)
  end
  from (
    select
      regexp_replace(split_part(s.scientific, 'e', 1), '\.?0*$', '') as mantissa,
      split_part(s.scientific, 'e', 2)::integer as exponent
    from (
      select trim(case
        when value::text in ('NaN', 'Infinity', '-Infinity') then '0e0'
        when digits is null then to_char(value::text::numeric, '9.99999999999999999EEEE')
        when digits = 1 then to_char(value, '9EEEE')
        else to_char(value, '9.' || repeat('9', digits - 1) || 'EEEE')
      end) as scientific
    ) as s
  ) as d
);

comment on function _noetl.go_general(double precision, integer) is
  'A number as Go prints it by %g (digits null: the fewest that read back to the same number) or %.<digits>g: 0.1, 123456, 1.234567e+06, NaN, +Inf.';
