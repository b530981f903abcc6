create or replace function _noetl.re2_flags(flags text, written text)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  part text[] := regexp_match(written, '^\(\?([imsU]*)(?:-([imsU]+))?[:)]$');
begin
  if part is null or written in ('(?)') then
    raise exception using errcode = '2201B', message = format('error parsing regexp: invalid or unsupported Perl syntax: `%s`', rtrim(written, ':)'));
  end if;
  return translate(flags, coalesce(part[2], ''), '') || part[1];
end
$$;

comment on function _noetl.re2_flags(text, text) is 'The flags that hold behind a group such as (?i: or (?s-i), given those before it: i, m, s and U.';
