-- In plpgsql, whose plan is kept for the session: planning takes several times as long as an expression of usual length.
create or replace function _noetl.promql_tokens(expression text, out tokens text[], out starts integer[])
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- the longest alternative wins, so that their order does not matter; a selector's range is one token, and so is a string without end
  select
    coalesce(array_agg(p.token order by p.place), '{}'),
    array_append(array_agg(p.start::integer order by p.place), length(expression))
  into tokens, starts
  from (
    select m.part[1] as token, m.place, sum(length(m.part[1])) over (order by m.place) - length(m.part[1]) as start
    from regexp_matches(
      expression,
      '[ \t\n\r]+|#[^\n\r]*'
        || '|"(?:[^"\\\n]|\\.)*(?:"|\\$)?|''(?:[^''\\\n]|\\.)*(?:''|\\$)?|`[^`]*`?'
        || '|\.?[0-9](?:[0-9A-Za-z_.]|[eE][+-])*|[A-Za-z_:][A-Za-z0-9_:]*'
        || '|\[(?:[^]#]|#[^\n\r]*)*\]?|[=!<>]=|[=!]~|.',
      'g') with ordinality as m (part, place)
  ) as p
  where p.token !~ '^[ \t\n\r#]';
  tokens[0] := expression;
end
$$;

comment on function _noetl.promql_tokens(text) is
  'What a PromQL expression consists of, without blanks and comments. tokens[0] is the whole expression, tokens[1] the first token, null what follows the last; starts are their places in the expression, from 0 on, and one more for its end.';
