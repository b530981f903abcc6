create or replace function _noetl.declare_families(families jsonb)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := (
    select format('declare[%s].%s', f.place - 1, _noetl.declaration_fault(f.family))
    from jsonb_array_elements(families) with ordinality as f (family, place)
    where _noetl.declaration_fault(f.family) is not null
    order by f.place
    limit 1);
begin
  if fault is not null then
    raise exception '%', fault using errcode = 'check_violation';
  end if;
  perform _noetl.declare_family(
    f.family ->> 'name', f.family ->> 'metric_type', f.family ->> 'help', f.family ->> 'unit',
    case when jsonb_typeof(f.family -> 'buckets') = 'array' then
      array(select bound::double precision from jsonb_array_elements_text(f.family -> 'buckets') as bound) end,
    by_admin => false)
  from jsonb_array_elements(families) as f (family)
  where not exists (
    select from _noetl.family as known
    where known.name = f.family ->> 'name' and known.metric_type = f.family ->> 'metric_type' and known.declared);
end
$$;

comment on function _noetl.declare_families(jsonb) is
  'Declares the families of an array of {name, metric_type, help?, unit?, buckets?} that nobody has declared yet; what is declared stays as it is. The first bad one is named by its index, field and rule.';
