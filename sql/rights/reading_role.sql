create or replace function _noetl.reading_role(relations text[])
returns oid
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
-- what looks through the catalog for anything is a costly plan over a few rows
set jit = off
as $$
declare
  oids oid[] := array(select r.name::regclass from unnest(relations) as r (name)); -- one that is not there is an error
  owners oid[];
  untrusted text;
begin
  with recursive tree (oid) as (
    select r.oid from unnest(oids) as r (oid)
    union
    select i.inhrelid from tree as t join pg_inherits as i on i.inhparent = t.oid
  )
  select array_agg(distinct c.relowner) filter (where not _noetl.is_trusted(c.relowner))
  into owners
  from tree as t
  join pg_class as c on c.oid = t.oid;
  if owners is null then
    -- an untrusted owner of the schema could rename it and put another table in the place of a trusted one
    select array_agg(distinct s.owner) into owners
    from pg_class as c
    cross join lateral _noetl.schema_owner(c.relnamespace) as s (owner)
    where c.oid = any (oids) and not _noetl.is_trusted(s.owner);
    if owners is not null then
      raise exception 'relation: % is in a schema of %, who could put another table in its place', relations[1], owners[1]::regrole
        using errcode = 'insufficient_privilege', hint = 'Give the table to the owner of its schema, or the schema to the owner of the table.';
    end if;
    untrusted := _noetl.untrusted_code(oids);
    if untrusted is not null then
      raise exception 'relation: reading % would run or read %, with the rights of %', relations[1], untrusted, current_user
        using errcode = 'insufficient_privilege', hint = format('Give that to %I, or the table to its owner.', current_user);
    end if;
    return null;
  end if;
  if cardinality(owners) > 1 then
    raise exception 'relation: tables of several owners (%) would be read with the rights of one', (
        select string_agg(o.oid::regrole::text, ', ' order by o.oid::regrole::text) from unnest(owners) as o (oid))
      using errcode = 'insufficient_privilege', hint = 'Give these tables to one of them.';
  end if;
  return owners[1];
end
$$;

comment on function _noetl.reading_role(text[]) is
  'With whose rights relations are read: null, with those of the installation''s owner, because only roles that it trusts can change what reading them runs; else with those of the one role that owns them. Several such roles are an error; so are a trusted table in the schema of a role that is not, and a relation that is not there. Relations by name, quoted.';
