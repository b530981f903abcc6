create or replace function _noetl.promql_token_fault(tokens text[], starts integer[], at integer, out start integer, out message text)
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  token text := tokens[at];
  initial text := _noetl.go_quoted(left(token, 1), '''');
  following text := coalesce(_noetl.go_quoted(nullif(substr(tokens[0], starts[at] + 2, 1), ''), ''''), '''\ufffd''');
  around record := _noetl.promql_braces(tokens, at);
begin
  start := starts[at];
  message := case
    when token is null and around.open then 'unexpected end of input inside braces'
    when token is null and around.parentheses > 0 then 'unclosed left parenthesis'
    when token is null then null
    when token ~ '^["''`]' then _noetl.promql_string_fault(token)
    when around.open then case
      when token ~ '^[A-Za-z_]' or token in (',', '=', '==', '!=', '=~', '!~', '}') then null
      when token = '{' then format('unexpected left brace %s', initial)
      when token = '!' then format('unexpected character after ''!'' inside braces: %s', following)
      else format('unexpected character inside braces: %s', initial)
    end
    when token = '=~' then 'unexpected character after ''='': ''~'''
    when token ~ '^!(?!=)' then format('unexpected character after ''!'': %s', following)
    when token ~ '^\.?[0-9]' then
      case when not _noetl.is_promql_number(token, starts[at] + length(token) = length(tokens[0])) and not _noetl.is_promql_duration(token) then
        'bad number or duration syntax: ' || _noetl.go_quoted(_noetl.promql_bad_number(token))
      end
    when token = ']' then format('unexpected right bracket %s', initial)
    when token = ')' and around.parentheses = 0 then format('unexpected right parenthesis %s', initial)
    when token ~ '^[^][A-Za-z_:(){,=!<>+*/%^@-]' then format('unexpected character: %s', initial)
  end;
  if message like 'unexpected right parenthesis%' then
    start := start + 1;
  end if;
end
$$;

comment on function _noetl.promql_token_fault(text[], integer[], integer) is
  'What is wrong with a token wherever it stands, or with the end of an expression, as Prometheus'' lexer puts it; a null message: nothing.';
