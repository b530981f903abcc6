create or replace function _noetl.replaced_label(source text, regex text, replacement text, present text)
returns text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $body$
declare
  -- the whole match, and what each group matched; _noetl.re2() gives ^(?:…)$
  found constant text[] := regexp_match(coalesce(source, ''), regexp_replace(_noetl.re2(regex), '^\^(.*)\$$', '^(\1)$'));
begin
  if found is null then
    return present;
  end if;
  return (
    select string_agg(
      case
        when p.part[2] is null then p.part[1]
        when p.part[2] = '$$' then '$'
        when p.part[2] ~ '^\$\{?\d{1,3}\}?$' then coalesce(found[1 + translate(p.part[2], '${}', '')::integer], '')
        else ''
      end, '' order by p.place)
    from regexp_matches(replacement, '([^$]+)|(\$\$|\$\w+|\$\{\w+\})|(\$)', 'g') with ordinality as p (part, place));
end
$body$;

comment on function _noetl.replaced_label(text, text, text, text) is
  'The value that label_replace() sets: the replacement with the groups $1, ${2} and so on of the regular expression, if that matches the whole source; otherwise the value that is present.';
