create or replace function _noetl.is_nullable(relation text, expression text)
returns boolean
language sql
stable
parallel safe
begin atomic
  select expression !~ '^''' and not exists (
    select from pg_attribute as a
    where a.attrelid = to_regclass(relation) and a.attnotnull
      and expression in (a.attname, quote_ident(a.attname), 'j.' || quote_ident(a.attname), format('j.%I::%s', a.attname, format_type(a.atttypid, null)),
        format('j.%I::text', a.attname), format('(%I)::text', a.attname)));
end;

comment on function _noetl.is_nullable(text, text) is 'Whether an expression over a table''s row may be null: false of a literal and of a column that is not null.';
