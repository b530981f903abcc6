create or replace function _noetl.job_identity(relation text, alias text, finished text, source bigint)
returns text
language sql
stable
parallel safe
begin atomic
  select coalesce(
    (
      select format('hash_record_extended(row(%s, %s), 0)', source, string_agg(format('%s.%I', alias, a.attname), ', ' order by k.place))
      from pg_index as i
      cross join lateral unnest(i.indkey) with ordinality as k (number, place)
      join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.number
      where i.indrelid = to_regclass(relation) and i.indisprimary
      having count(*) > 0
    ),
    format('hash_record_extended(row(%s, row_number() over (partition by %s)), 0)', source, finished));
end;

comment on function _noetl.job_identity(text, text, text, bigint) is
  'The expression for which job a row is that says how it ended: its table and primary key, or of a table without one how many others ended at the same moment before it.';
