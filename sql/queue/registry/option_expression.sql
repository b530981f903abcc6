create or replace function _noetl.option_expression(relation regclass, expression text)
returns text
language sql
stable
parallel safe
begin atomic
  select coalesce(
    (select quote_ident(a.attname) from pg_attribute as a where a.attrelid = relation and a.attname = expression and a.attnum > 0 and not a.attisdropped),
    -- compared as it is an index serves, and any of its values can be named
    (
      select quote_ident(a.attname)
      from pg_attribute as a join pg_type as t on t.oid = a.atttypid and t.typtype = 'e'
      where a.attrelid = relation and a.attnum > 0 and expression ~ '^\s*\(?[^\s()]+\)?::text\s*$'
        and trim(expression, ' ()') in (format('%I::text', a.attname), format('%I)::text', a.attname))
    ),
    '(' || expression || ')');
end;

comment on function _noetl.option_expression(regclass, text) is
  'A column of the table by its plain name, also where it is an enum cast to text, or else an expression over its columns.';
