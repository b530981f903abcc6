create or replace function _noetl.raise_unexpected(tokens text[], starts integer[], at integer, place text, expected text default null)
returns void
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  fault record := _noetl.promql_token_fault(tokens, starts, at);
begin
  if fault.message is not null then
    perform _noetl.raise_promql(tokens[0], fault.start, fault.message);
  end if;
  perform _noetl.raise_promql(
    tokens[0], starts[at], concat('unexpected ', _noetl.promql_token_text(tokens, at), ' in ' || place, ', expected ' || expected));
end
$$;

comment on function _noetl.raise_unexpected(text[], integer[], integer, text, text) is
  'Ends the parsing at a token that the grammar does not allow there: with what is wrong with the token itself, or else in which place it was not expected (null: none in particular), and what was.';
