create or replace function _noetl.notification_fault(name text, kind text, target text, headers jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select case
    when coalesce(name, '') = '' then 'name: must not be empty'
    when kind is null or kind not in ('alertmanager', 'webhook', 'slack', 'notify', 'sql') then 'kind: must be alertmanager, webhook, slack, notify or sql'
    when coalesce(target, '') = '' then 'target: must not be empty'
    when kind in ('alertmanager', 'webhook', 'slack') and target !~ '^(https?://[^\s]+|\{(env|file):[^}]+\}\S*)$' then 'target: must be an http or https URL'
    when kind = 'notify' and (octet_length(target) > 63) then 'target: a channel has at most 63 bytes'
    when kind = 'sql' and to_regprocedure(target || '(jsonb)') is null then format('target: there is no function %s(jsonb)', target)
    when kind = 'sql' and not (select p.prosecdef from pg_proc as p where p.oid = to_regprocedure(target || '(jsonb)')) then
      'target: the function must be security definer, so that it has its owner''s rights and not ours'
    when jsonb_typeof(headers) is distinct from 'object' then 'headers: must be an object'
    when exists (select from jsonb_each(headers) as h where jsonb_typeof(h.value) <> 'string' or h.key !~ '^[A-Za-z0-9-]+$' or h.value #>> '{}' ~ '[\r\n]') then
      'headers: must be names of HTTP with strings in one line'
    else (
      select format('%s: {%s} is not {env:NOETL_SECRET_…} or {file:name}', r.field, r.reference)
      from (
        select 'target' as field, (regexp_matches(target, '\{((?:env|file):[^}]*)\}', 'g'))[1] as reference
        union all
        select 'headers', (regexp_matches(h.value, '\{((?:env|file):[^}]*)\}', 'g'))[1] from jsonb_each_text(headers) as h
      ) as r
      where r.reference !~ '^(env:NOETL_SECRET_[A-Z0-9_]+|file:[A-Za-z0-9_-][A-Za-z0-9_.-]*)$'
      limit 1)
  end;
end;

comment on function _noetl.notification_fault(text, text, text, jsonb) is 'What is wrong with a target of notifications, as "field: rule"; null: nothing.';
