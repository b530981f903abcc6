create or replace function _noetl.forwarding_fault(wanted _noetl.forwarding_target)
returns text
language sql
stable
parallel safe
begin atomic
  select case
    when coalesce(wanted.name, '') = '' then 'name: must not be empty'
    when octet_length(wanted.name) > 200 then 'name: must not be longer than 200 bytes'
    when wanted.url !~ '^(https?://[^\s]+|\{(env|file):[^}]+\}\S*)$' is not false then 'url: must be an http or https URL'
    when wanted.url ~ '^\w+://[^/?#]*@' then 'url: must not hold a name and a password; give username and password'
    when jsonb_typeof(coalesce(wanted.labels, '{}')) <> 'object' then 'labels: must be an object'
    when exists (select from jsonb_each(wanted.labels) as l where jsonb_typeof(l.value) <> 'string' or l.key !~ '^[a-zA-Z_][a-zA-Z0-9_]*$' or l.key = '__name__') then
      'labels: must be names of labels with strings'
    when jsonb_typeof(wanted.headers) is distinct from 'object' then 'headers: must be an object'
    when exists (select from jsonb_each(wanted.headers) as h where jsonb_typeof(h.value) <> 'string' or h.key !~ '^[A-Za-z0-9-]+$' or h.value #>> '{}' ~ '[\r\n]') then
      'headers: must be names of HTTP with strings in one line'
    when wanted.bearer_token !~ '\{(env|file):' then 'bearer_token: must be {env:NOETL_SECRET_…} or {file:name}, so that it is not in the database'
    when wanted.password !~ '\{(env|file):' then 'password: must be {env:NOETL_SECRET_…} or {file:name}, so that it is not in the database'
    when (wanted.username is null) <> (wanted.password is null) then 'username: must be given together with password'
    when wanted.bearer_token is not null and wanted.username is not null then 'bearer_token: must not be given together with username'
    when wanted.skip < interval '0' then 'skip: must not be negative'
    when (wanted.timeout between interval '100 milliseconds' and interval '5 minutes') is not true then 'timeout: must be between 100 milliseconds and 5 minutes'
    when (wanted.batch_samples between 1 and 100000) is not true then 'batch_samples: must be between 1 and 100000'
    when (wanted.batch_bytes between 10000 and 100000000) is not true then 'batch_bytes: must be between 10000 and 100000000'
    when (wanted.batch_span between interval '1 second' and interval '1 day') is not true then 'batch_span: must be between 1 second and 1 day'
    else (
      select format('%s: {%s} is not {env:NOETL_SECRET_…} or {file:name}', r.field, r.reference)
      from (
        select t.field, (regexp_matches(t.value, '\{((?:env|file):[^}]*)\}', 'g'))[1] as reference
        from (
          values ('url', wanted.url), ('bearer_token', wanted.bearer_token), ('username', wanted.username), ('password', wanted.password)
          union all
          select 'headers', h.value from jsonb_each_text(wanted.headers) as h
        ) as t (field, value)
      ) as r
      where r.reference !~ '^(env:NOETL_SECRET_[A-Z0-9_]+|file:[A-Za-z0-9_-][A-Za-z0-9_.-]*)$'
      limit 1)
  end;
end;

comment on function _noetl.forwarding_fault(_noetl.forwarding_target) is 'What is wrong with a target of forwarding, as "field: rule"; null: nothing.';
