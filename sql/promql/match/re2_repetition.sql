create or replace function _noetl.re2_repetition(written text, ungreedy boolean)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  bounds integer[] := regexp_match(written, '^\{([0-9]{1,8}),?([0-9]{1,8})?\}')::integer[];
begin
  if bounds[1] > 1000 or bounds[2] > 1000 or bounds[1] > bounds[2] or written ~ '[0-9]{9}' then
    raise exception using errcode = '2201B', message = format('error parsing regexp: invalid repeat count: `%s`', rtrim(written, '?'));
  elsif greatest(bounds[1], bounds[2]) > 255 then
    raise exception using errcode = '2201B', message = format('error parsing regexp: more than 255 repetitions: `%s`', written);
  end if;
  return left(written, 1) || rtrim(substr(written, 2), '?') || case when ungreedy = (written ~ '.\?$') then '' else '?' end;
end
$$;

comment on function _noetl.re2_repetition(text, boolean) is 'A repetition, such as +? or {2,5}, as PostgreSQL has it. ungreedy: the flag U is set, which swaps * and *?.';
