create or replace function _noetl.unescaped_bytes(written text)
returns text
language sql
immutable
parallel safe
begin atomic
  select convert_from(string_agg(case
      when p.part[1] ~ '^[^\\]' then convert_to(p.part[1], 'UTF8')
      when p.part[1] ~ '^\\x' then decode(substr(p.part[1], 3), 'hex')
      when p.part[1] ~ '^\\[0-3]' then set_byte('\x00', 0,
        64 * substr(p.part[1], 2, 1)::integer + 8 * substr(p.part[1], 3, 1)::integer + substr(p.part[1], 4, 1)::integer)
      when p.part[1] ~ '^\\[uU]0+$' then '\x00'::bytea
      when p.part[1] ~ '^\\[uU]' then convert_to(chr(('x' || lpad(substr(p.part[1], 3), 8, '0'))::bit(32)::integer), 'UTF8')
      else convert_to(coalesce(substr(E'\x07\b\f\n\r\t\x0b', nullif(strpos('abfnrtv', substr(p.part[1], 2)), 0), 1), substr(p.part[1], 2)), 'UTF8')
    end, '\x'::bytea order by p.place), 'UTF8')
  from regexp_matches(written, '[^\\]+|\\(?:x..|[0-3]..|u.{4}|U.{8}|.)', 'g') with ordinality as p (part, place);
end;

comment on function _noetl.unescaped_bytes(text) is
  'What stands between the quotes of a string of Go, whose escapes are valid, read: \n, \x41, \101, \u0041, \U00000041 and the like. Bytes that are no UTF-8 are an error.';
