create or replace function _noetl.template_order(one jsonb, two jsonb)
returns integer
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(one) in ('array', 'number') and jsonb_typeof(two) in ('array', 'number') then
    -- NaN is neither less than, nor greater than, nor equal to anything
    return case when 'NaN' in (one #>> '{0}', two #>> '{0}') then null
      else sign(_noetl.template_number(one) - _noetl.template_number(two)) end;
  elsif jsonb_typeof(one) <> jsonb_typeof(two) or jsonb_typeof(one) not in ('string', 'boolean') then
    raise exception 'incompatible types for comparison';
  end if;
  return case when one = two then 0 when (one #>> '{}') collate "C" < (two #>> '{}') then -1 else 1 end;
end
$$;

comment on function _noetl.template_order(jsonb, jsonb) is 'How Go''s templates compare two values: -1, 0 or 1; null: neither, which is NaN; an error: they cannot be compared.';
