create or replace function _noetl.re2_class(written text, ignores_case boolean, rest text)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  piece text;
  bounds text[];
  listed text := '';
begin
  if written !~ '^\[.+\]$' then
    raise exception using errcode = '2201B', message = format('error parsing regexp: missing closing ]: `%s`', rest);
  end if;
  for piece in
    select m.part[1]
    from regexp_matches(regexp_replace(written, '^\[\^?|\]$', '', 'g'),
      '\[:\^?[a-z]+:\]|(?:\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[0-7]{1,3}|\\.|[^\\])(?:-(?:\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[0-7]{1,3}|\\.|[^\\]))?', 'g') as m (part)
  loop
    if piece ~ '^\[:' then
      listed := listed || _noetl.re2_named_class(regexp_replace(piece, '\[:\^?|:\]', '', 'g'), piece ~ '\^', piece);
      continue;
    elsif piece ~ '^\\[dDwWsS]' then
      listed := listed || _noetl.re2_named_class(lower(substr(piece, 2, 1)), substr(piece, 2, 1) = upper(substr(piece, 2, 1)), piece)
        || case when length(piece) > 2 then '\-' || _noetl.re2_class_letter(substr(piece, 4)) else '' end;
      continue;
    end if;
    bounds := regexp_match(piece, '^(\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[0-7]{1,3}|\\.|[^\\])(?:-(.+))?$');
    if bounds[2] is null then
      piece := _noetl.re2_class_letter(bounds[1]);
      listed := listed || _noetl.re2_class_range(piece, piece, ignores_case);
    elsif ascii(_noetl.re2_class_letter(bounds[1])) > ascii(_noetl.re2_class_letter(bounds[2])) then
      raise exception using errcode = '2201B', message = format('error parsing regexp: invalid character class range: `%s`', piece);
    else
      listed := listed || _noetl.re2_class_range(_noetl.re2_class_letter(bounds[1]), _noetl.re2_class_letter(bounds[2]), ignores_case);
    end if;
  end loop;
  return case when written ~ '^\[\^' then '[^' else '[' end || listed || ']';
end
$$;

comment on function _noetl.re2_class(text, boolean, text) is
  'A class of letters in brackets (RE2) as PostgreSQL has it. rest: the expression from the class on, for the error of one that is not closed.';
