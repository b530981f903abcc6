create or replace function _noetl.raise_range(tokens text[], starts integer[], at integer)
returns void
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  blank text := '(?:[ \t\n\r]|#[^\n\r]*(?=[\n\r]))*';
  literal text := '(?:[+-][ \t\n\r]*)*\.?[0-9](?:[0-9A-Za-z_.]|[eE][+-])*';
  -- what is well-formed: nothing, a range, a range and a colon, or also a step
  formed text := substring(tokens[at] from format('^\[%1$s(?:%2$s%1$s(?::%1$s(?:%2$s%1$s)?)?)?', blank, literal));
  rest text := substr(tokens[at], length(formed) + 1);
  place integer := starts[at] + length(formed);
  stage text := case when formed ~ format(':%1$s%2$s%1$s$', blank, literal) then 'step' when formed ~ format(':%1$s$', blank) then 'colon'
    when formed ~ format('%2$s%1$s$', blank, literal) then 'range' else 'nothing' end;
begin
  perform _noetl.promql_bound(tokens, starts, at, substring(formed from format('^\[%1$s(%2$s)', blank, literal)), 1);
  perform _noetl.promql_bound(tokens, starts, at, substring(formed from format(':%1$s(%2$s)', blank, literal)), strpos(formed, ':'));
  perform _noetl.raise_promql(tokens[0], case when stage in ('range', 'step') and rest ~ '^[+*/%^-]' then
      starts[at] + length(substring(formed from format(case stage when 'range' then '^\[%s' else '^[^:]*:%s' end, blank)))
      else place + coalesce(length(substring(rest from '(?i)^(?:step|range|min_of|max_of)(?=\])')), 0) end, case
    when rest = '' and stage = 'nothing' then 'unexpected end of input in duration expression'
    when rest = '' then 'unclosed left bracket'
    when rest ~ '^[+*/%^-]' and stage in ('range', 'step') or stage in ('nothing', 'colon') and rest ~* '^(?:\(|(?:step|range|min_of|max_of)\s*\()'
      then 'experimental duration expression is not enabled'
    when stage = 'nothing' and rest ~* '^(?:step|range|min_of|max_of)' then
      'unexpected "]" in subquery or range selector, expected number, duration, step(), or range()'
    when stage = 'nothing' and rest ~ '^[^]:+*/%^,)-]' then format('unexpected character in duration expression: %s', _noetl.go_quoted(left(rest, 1), ''''))
    when rest ~ '^[A-Za-z_]' then format('unexpected character: %s, expected '':''', _noetl.go_quoted(left(rest, 1), ''''))
    when rest ~ '^[''"`]' and _noetl.promql_string_fault(rest) is not null then _noetl.promql_string_fault(rest)
    when rest ~ '^:' then case stage when 'nothing' then 'unexpected colon before duration in duration expression' else 'unexpected colon '':''' end
    when rest ~ '^[^][0-9(){,=!<>+*/%^@''"`-]' then format('unexpected character: %s', _noetl.go_quoted(left(rest, 1), ''''))
    else format('unexpected %s in %s', _noetl.promql_token_text(array[substring(rest from '^(?:[0-9.][0-9A-Za-z_.]*|[=!<>]=|.)')], 1), case stage
      when 'nothing' then 'subquery or range selector, expected number, duration, step(), or range()'
      when 'range' then 'subquery or range, expected ":" or "]"'
      when 'colon' then 'subquery selector, expected number, duration, step(), range(), or "]"'
      else 'subquery selector, expected "]"'
    end)
  end);
end
$$;

comment on function _noetl.raise_range(text[], integer[], integer) is
  'Ends the parsing at the token at a place, a range or subquery in brackets that is none, in the words of Prometheus.';
