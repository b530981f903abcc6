create or replace view _noetl.role as
select
  w.name,
  r.oid is not null as present,
  coalesce(pg_has_role(r.oid, case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end), false) as usable,
  w.place::integer as place
from unnest('{noetl_reader,noetl_writer,noetl_admin}'::text[]) with ordinality as w (name, place)
left join pg_roles as r on r.rolname = w.name;

comment on view _noetl.role is 'One row is one role of this installation, each of which also may what the one before it may.';
comment on column _noetl.role.present is 'False: the cluster has no such role; what it could do, the owner does.';
comment on column _noetl.role.usable is 'Whether this session''s user may take it by set role.';
comment on column _noetl.role.place is 'From the least on.';
