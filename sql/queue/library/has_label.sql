create or replace function _noetl.has_label(relation regclass, name text, label text)
returns boolean
language sql
stable
parallel safe
begin atomic
  select exists (
    select from pg_attribute as a
    where a.attrelid = relation and a.attname = has_label.name and not a.attisdropped and (
      not exists (select from pg_enum as e where e.enumtypid = a.atttypid)
      or exists (select from pg_enum as e where e.enumtypid = a.atttypid and e.enumlabel = label)));
end;

comment on function _noetl.has_label(regclass, text, text) is 'Whether a column can hold a value: false where it is of an enum without it, or is not there.';
