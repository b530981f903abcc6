create or replace function _noetl.leads_an_index(relation text, column_name text)
returns boolean
language sql
stable
parallel safe
begin atomic
  select exists (
    select from pg_index as i
    join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = to_regclass(relation) and quote_ident(a.attname) = column_name and a.attnotnull
      and i.indisvalid and i.indpred is null);
end;

comment on function _noetl.leads_an_index(text, text) is 'Whether a column that is not null is the first of an index of all rows.';
