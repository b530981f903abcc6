create or replace view _noetl.postgres_collector as
select q.name, q.every, q.query, q.metrics, q.labels
from _noetl.postgres_query as q
where current_setting('server_version_num')::integer between q.since and q.until;

comment on view _noetl.postgres_collector is
  'One row is one built-in collector of the preset postgres, as this server''s version has it; they run once noetl.install_preset() has turned them on.';
