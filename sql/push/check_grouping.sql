create or replace function _noetl.check_grouping(group_labels jsonb)
returns void
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  bad text;
begin
  if jsonb_typeof(group_labels) is distinct from 'object' then
    raise exception 'group_labels: must be an object of labels' using errcode = 'invalid_text_representation';
  end if;
  if coalesce(group_labels ->> 'job', '') = '' then
    raise exception 'job: is required and must not be empty' using errcode = 'invalid_text_representation';
  end if;
  -- they are the name of the component that stands for the group
  if octet_length(group_labels::text) > 1800 then
    raise exception 'group_labels: have % bytes, of at most 1800', octet_length(group_labels::text) using errcode = 'invalid_text_representation';
  end if;
  select l.key into bad
  from jsonb_each(group_labels) as l
  where l.key !~ '^[a-zA-Z_][a-zA-Z0-9_]*$' or l.key like '\_\_%' or jsonb_typeof(l.value) <> 'string'
  order by l.key
  limit 1;
  if found then
    raise exception 'group_labels: the label % must match [a-zA-Z_][a-zA-Z0-9_]*, must not begin with __, and its value be a string', quote_ident(left(bad, 60))
      using errcode = 'invalid_text_representation';
  end if;
end
$$;

comment on function _noetl.check_grouping(jsonb) is 'Raises an error unless these are the labels of a pushed group: a job and any others, all of them strings.';
