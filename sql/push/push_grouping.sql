create or replace function noetl.push_grouping(path text)
returns jsonb
language plpgsql
immutable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  parts text[] := string_to_array(path, '/');
  group_labels jsonb;
begin
  if cardinality(parts) = 3 and parts[3] = '' then
    parts := parts[:2];
  end if;
  if cardinality(parts) % 2 = 1 then
    raise exception 'path: must be job/<job>{/<label>/<value>}; the last label has no value' using errcode = 'invalid_text_representation';
  end if;
  select coalesce(jsonb_object_agg(regexp_replace(parts[i], '@base64$', ''), _noetl.grouping_part(parts[i], parts[i + 1]) order by i), '{}')
  into group_labels
  from generate_series(3, cardinality(parts), 2) as i;
  return group_labels || jsonb_build_object('job', _noetl.grouping_part(parts[1], parts[2]));
end
$$;

comment on function noetl.push_grouping(text) is
  'The labels of the group that the path of a push names: job/<job>{/<label>/<value>}, where a name may end in @base64. A path of another form is an error.';
