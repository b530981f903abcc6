create table _noetl.release (
  digest text not null,
  server_major integer not null,
  schema_oid oid not null,
  installed_at timestamptz not null default now()
);

comment on table _noetl.release is 'One row: which code is installed, so that a server that starts can leave it alone. None: unknown, psql installed it.';
comment on column _noetl.release.digest is 'SHA-256 of the migrations and of sql/, in hexadecimal.';
comment on column _noetl.release.server_major is 'The PostgreSQL that it was installed on, 18 for 18.4.';
comment on column _noetl.release.schema_oid is 'The schema noetl that it was installed into: a restored dump has another.';
