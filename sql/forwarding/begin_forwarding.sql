create or replace function _noetl.begin_forwarding(target text, lease uuid, not_after timestamptz)
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  receiver _noetl.forwarding_target;
  metadata jsonb;
  newest timestamptz;
begin
  update _noetl.forwarding_target as t
  set lease = begin_forwarding.lease, leased_until = clock_timestamp() + interval '20 seconds'
  where t.name = begin_forwarding.target and t.enabled
    and (t.due_at > clock_timestamp()) is not true
    and (t.lease = begin_forwarding.lease or (t.leased_until > clock_timestamp()) is not true)
  returning t.* into receiver;
  if receiver.name is null then
    return null;
  end if;
  if not_after is not null and receiver.after_line is null and not _noetl.begin_round(target, not_after)
    and not exists (select from _noetl.late_samples as s where s.target = begin_forwarding.target) then
    newest := (select max(s.last_at) from _noetl.scraper as s);
    update _noetl.forwarding_target as t
    set lease = null, leased_until = null,
      error = case when newest > not_after + interval '5 seconds'
        then format('samples wait: they are dated %s seconds later than it is at the target', round(extract(epoch from newest - not_after))) else t.error end
    where t.name = begin_forwarding.target;
    return null;
  end if;
  if not_after is not null and (receiver.metadata_at > clock_timestamp() - interval '1 minute') is not true then
    update _noetl.forwarding_target as t set metadata_at = clock_timestamp() where t.name = begin_forwarding.target;
    metadata := (
      select jsonb_agg(jsonb_build_object(
        'metric_family_name', f.name, 'type', case f.metric_type when 'untyped' then 'unknown' else f.metric_type end,
        'help', coalesce(f.help, ''), 'unit', coalesce(f.unit, '')) order by f.name)
      from noetl.family as f);
  end if;
  return jsonb_build_object(
    'url', receiver.url, 'headers', receiver.headers, 'bearerToken', receiver.bearer_token, 'username', receiver.username, 'password', receiver.password,
    'timeout', (extract(epoch from receiver.timeout) * 1000)::integer,
    'batchSamples', receiver.batch_samples, 'batchBytes', receiver.batch_bytes,
    'patient', receiver.skip is null or (receiver.refused_since <= clock_timestamp() - receiver.skip) is not true and receiver.skip > interval '0',
    'metadata', metadata);
end
$$;

comment on function _noetl.begin_forwarding(text, uuid, timestamptz) is
  'Gives a server that has made up this number the lease of a target for 20 seconds, or prolongs it, and says how to send what _noetl.forwarding_batch() gives; times in milliseconds. Null: there is nothing to send, it is not time to try again, or another server is at it. not_after: samples that are later stay here; null: no round is begun, so that the server can first ask the target what time it is there; metadata: what to send of families, about once a minute; patient: what is refused as a whole is to be offered again.';
