-- One loop with stacks of its own: a function a rule of the grammar would be several times as slow, and as deep as a hostile expression is nested.
create or replace function _noetl.promql_tree(tokens text[], starts integer[])
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  at integer := 1;
  word text;
  strength integer;
  parsed record;
  -- operands: their nodes, what is wrong with their types, how deep their trees are
  nodes jsonb[] := array[]::jsonb[];
  faults jsonb[] := array[]::jsonb[];
  depths integer[] := array[]::integer[];
  height integer := 0;
  -- what waits for operands: how strong it binds (0: it is an open parenthesis), its token, its height, how it matches or groups
  strengths integer[] := array[-1];
  places integer[] := array[0];
  heights integer[] := array[0];
  details jsonb[] := array[null::jsonb];
  top integer := 1;
begin
  <<expression>>
  loop
    word := lower(tokens[at]);
    if top > 200 then
      perform _noetl.raise_promql(tokens[0], starts[at], 'expression is nested deeper than 200 levels');
    elsif word in ('+', '-', '(') then
      -- a sign binds as strong as a product, and what is of its own strength comes after it
      top := top + 1;
      strengths[top] := case word when '(' then 0 else 5 end;
      places[top] := at;
      heights[top] := height;
      details[top] := null;
      at := at + 1;
      continue;
    elsif lower(tokens[at + 1]) in ('(', 'by', 'without') and (tokens[at + 1] = '(' and word ~ '^[a-z_][a-z0-9_]*$' or _noetl.is_aggregator(word))
      and not _noetl.is_promql_keyword(word)
    then
      top := top + 1;
      strengths[top] := 0;
      places[top] := at;
      heights[top] := height;
      details[top] := null;
      at := at + 1;
      if tokens[at] <> '(' then
        parsed := _noetl.promql_labels(tokens, starts, at + 1);
        details[top] := jsonb_build_object('without', lower(tokens[at]) = 'without', 'grouping', parsed.labels);
        at := parsed.next;
        if tokens[at] is distinct from '(' then
          perform _noetl.raise_unexpected(tokens, starts, at, 'aggregation');
        end if;
      end if;
      at := at + 1;
      if tokens[at] is distinct from ')' then
        continue;
      end if;
    else
      height := height + 1;
      faults[height] := null;
      depths[height] := 1;
      if word = '{' or word ~ '^[a-z_:]' and word not in ('inf', 'nan', 'atan2', 'bool', 'group_left', 'group_right', 'ignoring', 'on')
        and (tokens[at + 1] is distinct from '(' or word not in ('fill', 'fill_left', 'fill_right'))
      then
        parsed := _noetl.promql_selector(tokens, starts, at);
        nodes[height] := parsed.node;
        faults[height] := parsed.fault;
        at := parsed.next;
      elsif word ~ '^["''`]' then
        nodes[height] := jsonb_build_object('type', 'stringLiteral', 'val', _noetl.promql_string(tokens, starts, at),
          'start', starts[at], 'end', starts[at] + length(word), 'returns', 'string');
        at := at + 1;
      elsif word ~ '^\.?[0-9]' or word in ('inf', 'nan') then
        nodes[height] := jsonb_build_object('type', 'numberLiteral', 'val', _noetl.go_number(_noetl.promql_literal(tokens, starts, at)),
          'duration', word ~ '^[0-9]+[smhdwy]', 'start', starts[at], 'end', starts[at] + length(word), 'returns', 'scalar');
        at := at + 1;
      else
        perform _noetl.raise_unexpected(tokens, starts, at, _noetl.promql_place(tokens, places[:top], strengths[:top]));
      end if;
    end if;

    -- behind an operand: what modifies it, then the operator before it or the one behind it, whichever binds stronger, until one begins the next operand
    loop
      word := lower(tokens[at]);
      if word in ('offset', '@', 'anchored', 'smoothed') or word ~ '^\[' then
        parsed := _noetl.promql_modified(tokens, starts, at, nodes[height]);
        nodes[height] := parsed.node;
        faults[height] := coalesce(faults[height], parsed.fault);
        depths[height] := depths[height] + (word ~ '^\[')::integer;
        at := parsed.next;
        continue;
      end if;
      strength := case word
        when 'or' then 1
        when 'and' then 2 when 'unless' then 2
        when '==' then 3 when '!=' then 3 when '<' then 3 when '<=' then 3 when '>' then 3 when '>=' then 3
        when '+' then 4 when '-' then 4
        when '*' then 5 when '/' then 5 when '%' then 5 when 'atan2' then 5
        when '^' then 6
        else 0
      end;
      while strengths[top] > 0 and strengths[top] >= strength and strength < 6 loop
        if details[top] is null then
          parsed := _noetl.promql_unary(lower(tokens[places[top]]), starts[places[top]], nodes[height]);
        else
          height := height - 1;
          parsed := _noetl.promql_binary(lower(tokens[places[top]]), starts[places[top]], nodes[height], nodes[height + 1], details[top]);
          faults[height] := coalesce(faults[height], faults[height + 1]);
          depths[height] := greatest(depths[height], depths[height + 1]);
        end if;
        nodes[height] := parsed.node;
        faults[height] := coalesce(faults[height], parsed.fault);
        depths[height] := depths[height] + 1;
        top := top - 1;
      end loop;
      if depths[height] > 200 then
        perform _noetl.raise_promql(tokens[0], starts[at], 'expression is nested deeper than 200 levels');
      elsif strength > 0 then
        top := top + 1;
        strengths[top] := strength;
        places[top] := at;
        details[top] := '{"bool": false, "card": "one-to-one", "labels": [], "on": false, "include": []}';
        at := at + 1;
        if lower(tokens[at]) in ('bool', 'on', 'ignoring', 'fill', 'fill_left', 'fill_right') then
          parsed := _noetl.promql_matching(tokens, starts, at, (nodes[height] ->> 'start')::integer);
          details[top] := parsed.matching;
          at := parsed.next;
        end if;
        exit;
      elsif word is null and top = 1 then
        exit expression;
      elsif word = ',' and strengths[top] = 0 and tokens[places[top]] <> '(' then
        if tokens[at + 1] = ')' then
          perform _noetl.raise_promql(tokens[0], starts[at], 'trailing commas not allowed in function call args');
        end if;
        at := at + 1;
        exit;
      elsif word = ')' and strengths[top] = 0 then
        parsed := _noetl.promql_closed(tokens, starts, places[top], at, nodes[heights[top] + 1:height], faults[heights[top] + 1:height], details[top]);
        depths[heights[top] + 1] := 1 + coalesce((select max(d.depth) from unnest(depths[heights[top] + 1:height]) as d (depth)), 0);
        height := heights[top] + 1;
        nodes[height] := parsed.node;
        faults[height] := parsed.fault;
        at := parsed.next;
        top := top - 1;
      else
        perform _noetl.raise_unexpected(tokens, starts, at, _noetl.promql_place(tokens, places[:top], strengths[:top]));
      end if;
    end loop;
  end loop;
  return nodes[1] || coalesce(faults[1], '{}');
end
$$;

comment on function _noetl.promql_tree(text[], integer[]) is
  'The tree of an expression of which _noetl.promql_tokens(text) has made tokens; with a "message" it is wrong in its types at "start": errors in its form come first.';
