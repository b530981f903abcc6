create or replace function _noetl.grouping_part(name text, written text)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if name not like '%@base64' then
    return written;
  end if;
  return convert_from(decode(rpad(translate(rtrim(written, '='), '-_', '+/'), (length(rtrim(written, '=')) + 3) / 4 * 4, '='), 'base64'), 'UTF8');
exception when invalid_parameter_value or character_not_in_repertoire or untranslatable_character then
  raise exception '%: "%" is no UTF-8 text in base64url', split_part(name, '@', 1), left(written, 60) using errcode = 'invalid_text_representation';
end
$$;

comment on function _noetl.grouping_part(text, text) is
  'The value of a label in the path of a push: as it is written or, if the name ends in @base64, base64url with or without padding.';
