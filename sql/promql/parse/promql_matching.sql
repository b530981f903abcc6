create or replace function _noetl.promql_matching(
  tokens text[], starts integer[], at integer, start integer, out matching jsonb, out next integer)
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  list record;
  word text;
begin
  matching := jsonb_build_object('bool', lower(tokens[at]) = 'bool') || '{"card": "one-to-one", "labels": [], "on": false, "include": []}';
  next := at + (matching -> 'bool')::boolean::integer;
  word := lower(tokens[next]);
  if word in ('on', 'ignoring') then
    list := _noetl.promql_labels(tokens, starts, next + 1);
    matching := matching || jsonb_build_object('on', word = 'on', 'labels', list.labels);
    next := list.next;
    word := lower(tokens[next]);
    if word in ('group_left', 'group_right') then
      matching := matching || jsonb_build_object('card', case word when 'group_left' then 'many-to-one' else 'one-to-many' end);
      next := next + 1;
      if tokens[next] = '(' then
        list := _noetl.promql_labels(tokens, starts, next);
        matching := matching || jsonb_build_object('include', list.labels);
        next := list.next;
      elsif tokens[next] is null or tokens[next] !~ '^["''`A-Za-z_:0-9{.+-]' or lower(tokens[next]) in ('atan2', 'bool', 'group_left', 'group_right', 'ignoring', 'on') then
        perform _noetl.raise_unexpected(tokens, starts, next, 'grouping opts', '"("');
      end if;
    end if;
  end if;
  if lower(tokens[next]) in ('fill', 'fill_left', 'fill_right') and tokens[next + 1] = '(' then
    perform _noetl.raise_promql(tokens[0], start, 'binop fill modifiers are experimental and not enabled');
  end if;
end
$$;

comment on function _noetl.promql_matching(text[], integer[], integer, integer) is
  'What stands behind an operator and how it matches vectors: bool, on or ignoring, group_left or group_right, and where that ends. start: where the expression begins.';
