create or replace function _noetl.filled_in(document text, schema text, renamed jsonb)
returns text
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  part text[];
  relation regclass;
begin
  -- the innermost first, so that one may stand inside another
  loop
    part := regexp_match(document, '(\{(\w+)\.(\w+)(?:=(\w+))?(?:\?([^{}]*))?\|([^{}]*)\})');
    exit when part is null;
    relation := to_regclass(format('%I.%I', schema, coalesce(renamed ->> part[2], part[2])));
    document := replace(document, part[1], case
      when part[4] is null and _noetl.has_column(relation, part[3]) then coalesce(part[5], 'j.' || part[3])
      when part[4] is not null and _noetl.has_label(relation, part[3], part[4]) then coalesce(part[5], format('j.%s = ''%s''', part[3], part[4]))
      else part[6]
    end);
  end loop;
  for part in select regexp_matches(document, '(@\.(\w+))(?!\w)', 'g') loop
    document := regexp_replace(document, '@\.' || part[2] || '(?!\w)',
      replace(_noetl.json_inside(format('%I.%I', schema, coalesce(renamed ->> part[2], part[2]))), '\', '\\'), 'g');
  end loop;
  return document;
end
$$;

comment on function _noetl.filled_in(text, text, jsonb) is
  'The text of a library for one schema: @.table is that table, {table.column|else} the column j.column if it is there, {table.column?then|else} one or the other, {table.column=label|else} the comparison if the enum has the label. renamed: {"<table>": "<what it is called here>"}.';
