create or replace function noetl.parse_promql(expression text)
returns jsonb
language plpgsql
stable
strict
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  lexed record;
  tree jsonb;
begin
  if length(expression) > _noetl.integer_setting('query_length') then
    perform _noetl.raise_promql(expression, 0, format('expression is longer than %s characters', _noetl.integer_setting('query_length')));
  end if;
  lexed := _noetl.promql_tokens(expression);
  if lexed.tokens[1] is null then
    perform _noetl.raise_promql(expression, 0, 'no expression found in input');
  end if;
  tree := _noetl.promql_tree(lexed.tokens, lexed.starts);
  if tree ? 'message' then
    perform _noetl.raise_promql(expression, (tree -> 'start')::integer, tree ->> 'message');
  end if;
  return tree;
end
$$;

comment on function noetl.parse_promql(text) is
  'The tree of a PromQL expression, of the shape that /api/v1/parse_query of Prometheus has: each node also says from which to which character of the text it goes ("start", "end", from 0 on) and what it returns ("returns": scalar, vector, matrix or string). What Prometheus 3 refuses without feature flags is an error (NP001) in its words, such as 1:5: parse error: unexpected end of input. Inverse: noetl.format_promql(text).';
