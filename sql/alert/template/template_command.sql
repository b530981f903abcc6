create or replace function _noetl.template_command(frame jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  word jsonb := frame #> '{words,0}';
  arguments jsonb;
  called text;
begin
  if word is null then
    raise exception 'missing value for command';
  end if;
  -- an operand that names a function is a call without arguments, but for the first, which takes the others
  select coalesce(jsonb_agg(case when w.word ? 'arguments' or not w.word ? 'function' then w.word else w.word || '{"arguments": []}' end order by w.place), '[]')
    || case when frame ? 'piped' then jsonb_build_array(frame -> 'piped') else '[]' end
  into arguments
  from jsonb_array_elements(frame -> 'words') with ordinality as w (word, place)
  where w.place > 1;
  if word ? 'function' and not word ? 'arguments' then
    called := word ->> 'function';
    if exists (
        select from _noetl.template_function as f
        where f.name = called and not jsonb_array_length(arguments) between f.least and coalesce(f.most, 100)) then
      raise exception 'wrong number of args for %: %', called, jsonb_array_length(arguments);
    end if;
    return word || jsonb_build_object('arguments', arguments);
  end if;
  if arguments <> '[]' then
    raise exception '%', case when frame ? 'piped' then 'non executable command in pipeline' else 'can''t give argument to non-function' end;
  end if;
  return word;
end
$$;

comment on function _noetl.template_command(jsonb) is 'The words of one command of a template''s pipeline, with what is piped into it as the last argument, as one expression.';
