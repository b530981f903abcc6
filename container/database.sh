#!/bin/sh
# What PostgreSQL runs when its volume is new, after the roles: a database whose owner is no superuser, and a login for Grafana that only reads.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v noetl="$(cat /run/secrets/noetl_password)" -v grafana="$(cat /run/secrets/grafana_password)" <<'SQL'
create role noetl login password :'noetl';
grant noetl_admin to noetl;
create role grafana login password :'grafana' in role noetl_reader;
create database noetl owner noetl;
SQL
