create or replace function _noetl.template_expression(source text)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  token text;
  -- one entry is one open parenthesis, the outermost first: the words of its last command, and the value piped into it
  frames jsonb := '[{"words": []}]'::jsonb;
  frame jsonb;
begin
  for token in
    select m.part[1]
    from regexp_matches(source, '"(?:[^"\\]|\\.)*"|`[^`]*`|[+-]?\d[\w.]*(?:[eE][+-]?\d+)?|(?:\$?[A-Za-z_]\w*|\$)?(?:\.[A-Za-z_]\w*)+|\$\w*|[A-Za-z_]\w*|:=|\S', 'g') as m (part)
  loop
    frame := frames -> -1;
    if token = '(' then
      frames := frames || '{"words": []}'::jsonb;
    elsif token = ')' and jsonb_array_length(frames) = 1 then
      raise exception 'unexpected right paren';
    elsif token = ')' then
      frames := frames - -1;
      frames := jsonb_set(frames, array['-1', 'words'], frames #> '{-1,words}' || jsonb_build_array(_noetl.template_command(frame)));
    elsif token = '|' then
      frames := jsonb_set(frames, '{-1}', jsonb_build_object('words', '[]'::jsonb, 'piped', _noetl.template_command(frame)));
    else
      frames := jsonb_set(frames, array['-1', 'words'], frame -> 'words' || jsonb_build_array(_noetl.template_word(token)));
    end if;
  end loop;
  if jsonb_array_length(frames) > 1 then
    raise exception 'unclosed left paren';
  end if;
  return _noetl.template_command(frames -> 0);
end
$$;

comment on function _noetl.template_expression(text) is
  'The pipeline inside a template''s {{ }} as a tree: {"value": …}, {"variable": name, "label": its label if one is asked for} or {"function": name, "arguments": […]}.';
