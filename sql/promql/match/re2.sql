create or replace function _noetl.re2(pattern text)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  piece text;
  -- of each open group: its flags
  flags text[] := array['s'];
  flag text;
  -- whether a repetition may follow, and of what the last one was
  atom boolean := false;
  repeated text := '';
  translated text := '';
begin
  if pattern !~ '[][\\{}^$()]|[*+?]{2}|(?:^|\|)[*+?]' then
    return '^(?:' || pattern || ')$';
  elsif length(pattern) > 4096 then
    raise exception using errcode = '2201B', message = 'error parsing regexp: expression too large';
  end if;
  for piece in
    select m.part[1]
    from regexp_matches(pattern,
      '\\Q(?:[^\\]|\\(?!E))*(?:\\E)?|\\x\{[0-9A-Fa-f]*\}|\\x[0-9A-Fa-f]{2}|\\0[0-7]{0,2}|\\[1-7][0-7]{1,2}|\\[pP](?:\{[^}]*\}|.)|\\.|'
        || '\[\^?\]?(?:\[:\^?[a-z]+:\]|\\.|[^]\\])*\]|'
        || '\(\?P?<[^>]*>|\(\?[A-Za-z-]*[:)]|\(\?.?.?|[*+?]\??|\{[0-9]+(?:,[0-9]*)?\}\??|.', 'g') as m (part)
  loop
    flag := flags[cardinality(flags)];
    if piece ~ '^(?:[*+?]|\{[0-9].*\}\??$)' then
      if repeated <> '' then
        raise exception using errcode = '2201B', message = format('error parsing regexp: invalid nested repetition operator: `%s%s`', repeated, piece);
      elsif not atom then
        raise exception using errcode = '2201B', message = format('error parsing regexp: missing argument to repetition operator: `%s`', piece);
      end if;
      translated := translated || _noetl.re2_repetition(piece, flag ~ 'U');
      repeated := piece;
      continue;
    end if;
    repeated := '';
    atom := true;
    if piece ~ '^\(\?[A-Za-z-]*\)$' then
      flags[cardinality(flags)] := _noetl.re2_flags(flag, piece);
      atom := false;
    elsif piece ~ '^\(' then
      flags := flags || case when piece ~ ':$' then _noetl.re2_flags(flag, piece) when piece ~ '^\(\?(?!P?<[A-Za-z0-9_]+>$)' then _noetl.re2_flags(flag, piece) else flag end;
      translated := translated || case when piece ~ ':$' then '(?:' else '(' end;
      atom := false;
    elsif piece = ')' then
      if cardinality(flags) = 1 then
        raise exception using errcode = '2201B', message = format('error parsing regexp: unexpected ): `%s`', pattern);
      end if;
      flags := flags[:cardinality(flags) - 1];
      translated := translated || ')';
    elsif piece = '|' then
      translated := translated || '|';
      atom := false;
    elsif piece ~ '^\[' then
      translated := translated || _noetl.re2_class(piece, flag ~ 'i', substr(pattern, strpos(pattern, '[')));
    else
      translated := translated || _noetl.re2_atom(piece, flag);
    end if;
  end loop;
  if cardinality(flags) > 1 then
    raise exception using errcode = '2201B', message = format('error parsing regexp: missing closing ): `%s`', pattern);
  end if;
  return '^(?:' || translated || ')$';
end
$$;

comment on function _noetl.re2(text) is
  'A regular expression of Prometheus (RE2, which must match the whole value, and whose . matches a newline too) as one of PostgreSQL. One that Prometheus refuses is an error (2201B) in the words of Go, as is what PostgreSQL cannot do: \p{…}, and more than 255 repetitions.';
