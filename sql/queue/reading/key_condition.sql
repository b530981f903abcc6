create or replace function _noetl.key_condition(branch _noetl.job_branch, library jsonb)
returns setof text
language sql
stable
parallel safe
rows 2
begin atomic
  select coalesce((
    select string_agg(
      format(case when variant.bits >> k.place::integer & 1 = 1 then ' and %1$s is null and noetl_key.%2$I is null' else ' and %1$s = noetl_key.%2$I' end,
        (branch).keys[k.place::integer], k.name), '' order by k.place)
    from jsonb_array_elements_text(library -> 'keys') with ordinality as k (name, place)), '')
  from generate_series(0, (2 << jsonb_array_length(library -> 'keys')) - 1, 2) as variant (bits)
  where not exists (
    select from generate_subscripts((branch).keys, 1) as k (place)
    where variant.bits >> k.place & 1 = 1 and not _noetl.is_nullable((branch).relation, (branch).keys[k.place]))
  order by variant.bits;
end;

comment on function _noetl.key_condition(_noetl.job_branch, jsonb) is
  'The condition that a job of a branch belongs to the key noetl_key, once for each way in which its columns may be null: so written, an index serves.';
