-- What a request with an Idempotency-Key was answered, so that its retry is answered the same and stores nothing.
create table _noetl.request (
  key text primary key,
  digest bigint not null,
  answer jsonb,
  expires_at timestamptz not null,
  constraint request_key_is_not_too_long check (length(key) between 1 and 255)
);

comment on table _noetl.request is
  'One row is one request that named itself by an Idempotency-Key. It is written in the transaction that does what was asked for, so a request that failed leaves none.';
comment on column _noetl.request.digest is 'Of what was asked for: another request under the same key is an error.';
comment on column _noetl.request.answer is 'Null only inside the transaction that is doing it.';

create index request_expires on _noetl.request (expires_at);
