create or replace function _noetl.parse_template(template text)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  part text[];
  action text;
  -- one entry is one list of nodes that is being filled: the template's own, then a branch for each {{ if }} that is open
  lists jsonb := '[[]]'::jsonb;
  -- of each open {{ if }}: the condition, the branch taken, and how many {{ end }} close it with those before
  conditions jsonb := '[]'::jsonb;
begin
  for part in
    select m.part
    from regexp_matches(template,
      '(?:\{\{(- )?\s*((?:"(?:[^"\\]|\\.)*"|`[^`]*`|/\*(?:[^*]|\*(?!/))*\*/|[^"`{}])*?)\s*( -)?\}\}|((?:[^{]|\{(?!\{))+)|(\{\{))', 'g') as m (part)
  loop
    if part[5] is not null then
      raise exception 'unclosed action or unexpected character after "{{"';
    elsif part[4] is not null then
      lists := _noetl.with_node(lists, jsonb_build_object('text', part[4]));
      continue;
    end if;
    if part[1] is not null then
      lists := _noetl.with_trimmed_text(lists);
    end if;
    action := part[2];
    if action ~ '^if\s' then
      conditions := conditions || jsonb_build_array(jsonb_build_object('if', _noetl.template_expression(substr(action, 4)), 'ends', 1));
      lists := lists || '[[]]';
    elsif action ~ '^else(\s+if\s|$)' then
      if conditions = '[]' or conditions -> -1 ? 'then' then
        raise exception 'unexpected {{else}}';
      end if;
      conditions := jsonb_set(conditions, '{-1,then}', lists -> -1);
      lists := jsonb_set(lists, '{-1}', '[]');
      if action <> 'else' then
        conditions := conditions || jsonb_build_array(jsonb_build_object('if', _noetl.template_expression(regexp_replace(action, '^else\s+if\s', '')), 'ends', 0));
        lists := lists || '[[]]';
      end if;
    elsif action = 'end' then
      if conditions = '[]' then
        raise exception 'unexpected {{end}}';
      end if;
      loop
        action := conditions #>> '{-1,ends}';
        lists := _noetl.with_node(lists - -1, (conditions -> -1) - 'ends' || case
          when conditions -> -1 ? 'then' then jsonb_build_object('else', lists -> -1)
          else jsonb_build_object('then', lists -> -1, 'else', '[]'::jsonb) end);
        conditions := conditions - -1;
        exit when action = '1';
      end loop;
    elsif action ~ '^/\*' then
      null;
    elsif action ~ '^(range|with|define|template|block|break|continue)\M' or action ~ '^\$\w+\s*:?=' then
      raise exception '{{%}} is not supported', split_part(action, ' ', 1)
        using hint = 'Templates know if, else and end, variables, pipelines and functions.';
    else
      lists := _noetl.with_node(lists, jsonb_build_object('print', _noetl.template_expression(action)));
    end if;
    if part[3] is not null then
      lists := _noetl.with_node(lists, '{"trim": true}');
    end if;
  end loop;
  if conditions <> '[]' then
    raise exception 'unexpected EOF: an {{if}} has no {{end}}';
  end if;
  return lists -> 0;
end
$$;

comment on function _noetl.parse_template(text) is
  'An annotation or label of a rule, a Go template as Prometheus has them, as a list of {"text"}, {"print": expression} and {"if": expression, "then": […], "else": […]}. What it does not support is an error.';
