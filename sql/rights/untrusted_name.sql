create or replace function _noetl.untrusted_name(sql text)
returns text
language sql
stable
parallel safe
begin atomic
  select n.nspname || '.' || m.found[2]
  from regexp_matches(regexp_replace(sql, '''[^'']*''', '', 'g'),
    '("(?:[^"]|"")+"|[[:alpha:]_][[:alnum:]_$]*)\s*\.\s*("(?:[^"]|"")+"|[[:alpha:]_][[:alnum:]_$]*|[-+*/<>=~!@#%^&|`?]+)', 'g') as m (found)
  join pg_namespace as n on n.nspname in (lower(m.found[1]), replace(trim(m.found[1], '"'), '""', '"'))
  where not _noetl.is_trusted(_noetl.schema_owner(n.oid))
    or exists (select from pg_proc as p where p.pronamespace = n.oid and p.proname in (lower(m.found[2]), trim(m.found[2], '"')) and not _noetl.is_trusted(p.proowner))
    or exists (select from pg_type as t where t.typnamespace = n.oid and t.typname in (lower(m.found[2]), trim(m.found[2], '"')) and not _noetl.is_trusted(t.typowner))
    or exists (select from pg_operator as o where o.oprnamespace = n.oid and o.oprname = m.found[2] and not _noetl.is_trusted(o.oprowner))
  limit 1;
end;

comment on function _noetl.untrusted_name(text) is
  'A function, type or operator that an expression names in a schema, and that a role could replace which the installation''s owner does not trust; null: there is none. For expressions by those who mean no harm.';
