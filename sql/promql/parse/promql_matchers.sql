create or replace function _noetl.promql_matchers(tokens text[], starts integer[], at integer, out matchers jsonb, out next integer)
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  label text;
  op text;
  value text;
  list jsonb[] := array[]::jsonb[];
  first integer;
begin
  next := at + 1;
  while tokens[next] is distinct from '}' loop
    first := next;
    if tokens[next] ~ '^["''`]' then
      label := _noetl.promql_string(tokens, starts, next);
    elsif tokens[next] ~ '^[A-Za-z_]' then
      label := tokens[next];
    else
      perform _noetl.raise_unexpected(tokens, starts, next, 'label matching', 'identifier or "}"');
    end if;
    if tokens[next] ~ '^[A-Za-z_].*:' then
      perform _noetl.raise_promql(tokens[0], starts[next] + strpos(label, ':') - 1, 'unexpected character inside braces: '':''');
    end if;
    op := tokens[next + 1];
    if op in ('=', '!=', '=~', '!~') then
      if tokens[next + 2] is null or tokens[next + 2] !~ '^["''`]' then
        perform _noetl.raise_unexpected(tokens, starts, next + 2, 'label matching', 'string');
      end if;
      value := _noetl.promql_string(tokens, starts, next + 2);
      list := list || jsonb_build_object('name', label, 'type', op, 'value', value);
      if op in ('=~', '!~') then
        perform _noetl.check_re2(tokens[0], starts[first], value);
      end if;
      next := next + 3;
    elsif op = '==' then
      perform _noetl.raise_promql(tokens[0], starts[next + 1] + 1, 'unexpected "=" in label matching, expected string');
    elsif tokens[next] ~ '^["''`]' then
      list := list || jsonb_build_object('name', '__name__', 'type', '=', 'value', label);
      next := next + 1;
    else
      perform _noetl.raise_unexpected(tokens, starts, next + 1, 'label matching', 'label matching operator');
    end if;
    if tokens[next] = ',' then
      next := next + 1;
    elsif tokens[next] is distinct from '}' then
      perform _noetl.raise_unexpected(tokens, starts, next, 'label matching', '"," or "}"');
    end if;
  end loop;
  matchers := to_jsonb(list);
  next := next + 1;
end
$$;

comment on function _noetl.promql_matchers(text[], integer[], integer) is
  'The matchers in the braces at a place, as [{"name", "type", "value"}], and where they end. A name in quotes alone is the metric''s.';
