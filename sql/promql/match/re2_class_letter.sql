create or replace function _noetl.re2_class_letter(written text)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if written !~ '^\\' or length(written) = 1 then
    return written;
  elsif written ~ '^\\x\{?[0-9A-Fa-f]{1,6}\}?$' and rtrim(ltrim(written, '\x{0'), '}') <> '' then
    return chr(('x' || lpad(rtrim(ltrim(written, '\x{'), '}'), 8, '0'))::bit(32)::integer);
  elsif written ~ '^\\[0-3]?[0-7]{1,2}$' and ltrim(written, '\0') <> '' and written !~ '^\\[1-7]$' then
    return chr(64 * substr(lpad(substr(written, 2), 3, '0'), 1, 1)::integer + 8 * substr(lpad(substr(written, 2), 3, '0'), 2, 1)::integer + right(written, 1)::integer);
  elsif written ~ '^\\[afnrtv]$' then
    return substr(E'\x07\f\n\r\t\x0b', strpos('afnrtv', substr(written, 2)), 1);
  elsif written ~ '^\\[!-/:-@\[-`{-~]$' then
    return substr(written, 2);
  end if;
  raise exception using errcode = '2201B', message = format(
    case when written ~ '^\\[pP]' then 'error parsing regexp: not supported by PostgreSQL: `%s`' else 'error parsing regexp: invalid escape sequence: `%s`' end, written);
end
$$;

comment on function _noetl.re2_class_letter(text) is 'The letter that a letter or an escape in a class of a regular expression (RE2) stands for.';
