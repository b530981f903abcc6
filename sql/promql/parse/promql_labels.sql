create or replace function _noetl.promql_labels(tokens text[], starts integer[], at integer, out labels jsonb, out next integer)
returns record
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  label text;
begin
  labels := '[]';
  next := at + 1;
  if tokens[at] is distinct from '(' then
    perform _noetl.raise_unexpected(tokens, starts, at, 'grouping opts', '"("');
  end if;
  while tokens[next] is distinct from ')' loop
    if tokens[next] ~ '^["''`]' then
      label := _noetl.promql_string(tokens, starts, next);
    elsif tokens[next] ~ '^[A-Za-z_:]' and lower(tokens[next]) not in ('inf', 'nan') then
      label := tokens[next];
    else
      perform _noetl.raise_unexpected(tokens, starts, next, 'grouping opts', 'label');
    end if;
    if label = '' then
      perform _noetl.raise_promql(tokens[0], starts[next], 'invalid label name for grouping: ""');
    end if;
    labels := labels || to_jsonb(label);
    next := next + 1;
    if tokens[next] = ',' then
      next := next + 1;
    elsif tokens[next] is distinct from ')' then
      perform _noetl.raise_unexpected(tokens, starts, next, 'grouping opts', '"," or ")"');
    end if;
  end loop;
  next := next + 1;
end
$$;

comment on function _noetl.promql_labels(text[], integer[], integer) is 'The names in parentheses behind by, without, on, ignoring and group_left, and where they end.';
