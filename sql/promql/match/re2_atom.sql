create or replace function _noetl.re2_atom(written text, flags text)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  word text := '[0-9A-Za-z_]';
  code integer := case
    when written ~ '^\\x\{[0-9A-Fa-f]{1,6}\}$|^\\x[0-9A-Fa-f]{2}$' then ('x' || lpad(rtrim(ltrim(written, '\x{'), '}'), 8, '0'))::bit(32)::integer
    when written ~ '^\\[0-7]{2,3}$|^\\0$' then 64 * substr(lpad(substr(written, 2), 3, '0'), 1, 1)::integer
      + 8 * substr(lpad(substr(written, 2), 3, '0'), 2, 1)::integer + right(written, 1)::integer
  end;
begin
  if code between 1 and 1114111 and code not between 55296 and 57343 then
    written := chr(code);
  elsif written ~ '^\\Q' then
    return coalesce((
      select string_agg(_noetl.re2_literal(c.letter, flags ~ 'i'), '' order by c.place)
      from regexp_split_to_table(regexp_replace(substr(written, 3), '\\E$', ''), '') with ordinality as c (letter, place)), '');
  elsif written ~ '^\\[pP]' or code is not null then
    raise exception using errcode = '2201B', message = format('error parsing regexp: not supported by PostgreSQL: `%s`', written);
  elsif written ~ '^\\.' then
    case substr(written, 2)
      when 'd' then return '[0-9]';
      when 'D' then return '[^0-9]';
      when 'w' then return '[0-9A-Za-z_]';
      when 'W' then return '[^0-9A-Za-z_]';
      when 's' then return '[\t\n\f\r ]';
      when 'S' then return '[^\t\n\f\r ]';
      when 'b' then return format('(?:(?<=%1$s)(?!%1$s)|(?<!%1$s)(?=%1$s))', word);
      when 'B' then return format('(?:(?<=%1$s)(?=%1$s)|(?<!%1$s)(?!%1$s))', word);
      when 'A' then return '(?:^)';
      when 'z' then return '(?:$)';
      else null;
    end case;
    if written ~ '^\\[afnrtv]$' then
      return written;
    elsif written !~ '^\\[!-/:-@\[-`{-~]$' then
      raise exception using errcode = '2201B', message = format('error parsing regexp: invalid escape sequence: `%s`', written);
    end if;
    written := substr(written, 2);
  elsif written = '\' then
    raise exception using errcode = '2201B', message = 'error parsing regexp: trailing backslash at end of expression: ``';
  elsif written = '[' then
    raise exception using errcode = '2201B', message = 'error parsing regexp: missing closing ]: `[`';
  elsif written = '.' then
    return case when flags ~ 's' then '.' else '[^\n]' end;
  elsif written = '^' then
    return case when flags ~ 'm' then '(?:^|(?<=\n))' else '(?:^)' end;
  elsif written = '$' then
    return case when flags ~ 'm' then '(?:$|(?=\n))' else '(?:$)' end;
  end if;
  return _noetl.re2_literal(written, flags ~ 'i');
end
$$;

comment on function _noetl.re2_atom(text, text) is 'What a regular expression (RE2) has apart from groups, classes and repetitions, as PostgreSQL has it: a letter, an escape, ., ^ and $ under flags.';
