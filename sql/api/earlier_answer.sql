create or replace function _noetl.earlier_answer(key text, request jsonb, at timestamptz default now())
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  earlier _noetl.request;
  digest bigint := jsonb_hash_extended(request, 0);
begin
  if key is null then
    return null;
  end if;
  delete from _noetl.request as r
  where r.key in (
    select o.key from _noetl.request as o where o.expires_at <= at and o.key <> earlier_answer.key order by o.expires_at limit 10
    for update skip locked);
  -- whoever comes second waits here until the first has ended
  insert into _noetl.request as r (key, digest, expires_at)
  values (key, digest, at + _noetl.interval_setting('idempotency_retention'))
  on conflict on constraint request_pkey do update
  set digest = excluded.digest, answer = null, expires_at = excluded.expires_at
  where r.expires_at <= at;
  if found then
    return null;
  end if;
  select r.* into earlier from _noetl.request as r where r.key = earlier_answer.key;
  if earlier.digest is distinct from digest then
    raise exception 'idempotency-key: was used for another request' using errcode = 'unique_violation';
  end if;
  return earlier.answer;
end
$$;

comment on function _noetl.earlier_answer(text, jsonb, timestamptz) is
  'What a request was answered the first time it came under this key; null: it is the first, and the key is now taken until the transaction ends. A key that was used for another request is an error. Forgotten after the setting idempotency_retention.';
