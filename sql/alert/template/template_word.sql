create or replace function _noetl.template_word(token text)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  variable text := split_part(token, '.', 1);
begin
  if token ~ '^"' then
    -- the escapes that Go and JSON both know
    if token ~ '^"(?:[^"\\]|\\[bfnrt"\\]|\\u[0-9a-fA-F]{4})*"$' then
      return jsonb_build_object('value', token::jsonb);
    end if;
    raise exception 'invalid escape in %', token;
  elsif token ~ '^`' then
    return jsonb_build_object('value', substr(token, 2, length(token) - 2));
  elsif token ~ '^[+-]?\d' then
    return jsonb_build_object('value', token::numeric);
  elsif token in ('true', 'false') then
    return jsonb_build_object('value', token::boolean);
  elsif token ~ '^[A-Za-z_]\w*$' then
    if not exists (select from _noetl.template_function as f where f.name = token) then
      raise exception 'function "%" is not supported', token
        using detail = (select string_agg(f.name, ', ' order by f.name) from _noetl.template_function as f);
    end if;
    return jsonb_build_object('function', token);
  end if;
  if token ~ '^\.(Labels|Value|ExternalLabels|ExternalURL)(\.|$)' then
    variable := '$' || case split_part(token, '.', 2)
      when 'Labels' then 'labels' when 'Value' then 'value' when 'ExternalLabels' then 'externalLabels' else 'externalURL' end;
    token := substr(token, 2);
  end if;
  if variable not in ('$labels', '$value', '$externalLabels', '$externalURL') then
    raise exception 'unexpected %', token
      using hint = 'A template knows $labels, $value, $externalLabels and $externalURL.';
  end if;
  if cardinality(string_to_array(token, '.')) > (case when variable in ('$labels', '$externalLabels') then 2 else 1 end) then
    raise exception 'can''t evaluate %', token;
  end if;
  return jsonb_strip_nulls(jsonb_build_object('variable', substr(variable, 2), 'label', (string_to_array(token, '.'))[2]));
end
$$;

comment on function _noetl.template_word(text) is 'One operand of a template''s expression, or the function that a command calls, as _noetl.template_expression(text) has it.';
