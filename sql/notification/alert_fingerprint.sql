create or replace function _noetl.alert_fingerprint(labels jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  -- FNV-1a in 64 bits, as the library of Prometheus hashes label sets, so that ids are those of an Alertmanager
  modulus constant numeric := 18446744073709551616;
  prime constant numeric := 1099511628211;
  bytes bytea;
  hash numeric := 14695981039346656037;
  low integer;
begin
  select coalesce(string_agg(convert_to(l.key, 'UTF8') || '\xff' || convert_to(l.value, 'UTF8') || '\xff', '' order by l.key collate "C"), '')
  into bytes
  from jsonb_each_text(labels) as l;
  for i in 0 .. length(bytes) - 1 loop
    low := mod(hash, 256)::integer;
    hash := mod((hash - low + (low # get_byte(bytes, i))) * prime, modulus);
  end loop;
  return lpad(to_hex(div(hash, 4294967296)::bigint), 8, '0') || lpad(to_hex(mod(hash, 4294967296)::bigint), 8, '0');
end
$$;

comment on function _noetl.alert_fingerprint(jsonb) is 'The fingerprint of an alert in a payload: 16 hexadecimal digits, the same that an Alertmanager gives these labels.';
