create or replace view _noetl.http_status as
select s.sqlstate, s.status, s.is_told
from (values
  ('22', 400, true), -- data exception: text that is no JSON, a number or time out of range, a NUL
  ('23', 422, true), -- integrity constraint violation: a sample that breaks a rule, an unknown component
  ('23505', 409, true), -- unique violation: an Idempotency-Key used for another request
  ('P0002', 404, true), -- no data found
  ('54001', 400, true), -- too deeply nested
  ('54', 413, true), -- program limit exceeded: too many samples
  ('55006', 409, true), -- object in use
  ('55000', 409, true), -- object not in prerequisite state: a queue that cannot be read
  ('55P03', 503, false), -- lock not available: somebody is at it
  ('57', 503, false), -- operator intervention: overdue, shutting down
  ('53', 503, false), -- insufficient resources
  ('40', 503, false), -- serialization failure, deadlock
  ('08', 503, false), -- connection
  ('25006', 503, false), -- read-only: a standby
  ('NP001', 400, true), -- PromQL that does not parse
  ('NP002', 422, true), -- PromQL that cannot be evaluated
  ('NP003', 503, true) -- PromQL that takes too long
) as s (sqlstate, status, is_told);

comment on view _noetl.http_status is
  'One row is one SQLSTATE, or class of them, with the HTTP status that tells a client of it. Whatever is not listed is our fault: 500.';
comment on column _noetl.http_status.is_told is 'Whether the client is told the message, too; what went wrong inside is for the log.';
