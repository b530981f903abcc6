create or replace function _noetl.unfoldable(families text[], unread text[])
returns jsonb
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  half integer := cardinality(families) / 2;
begin
  if families = '{}' then
    return jsonb '{}';
  end if;
  begin
    insert into _noetl.quarantine (family, error)
    select f, '' from unnest(unread) as f where f <> all (families);
    delete from _noetl.pending_series as n
    where n.family <> all (families);
    perform _noetl.fold_unread();
    raise exception 'tried' using errcode = 'NM001';
  exception
    when sqlstate 'NM001' then
      return jsonb '{}'; -- and all of it is rolled back
    when others then
      return case
        when half = 0 then jsonb_build_object(families[1], sqlerrm)
        else _noetl.unfoldable(families[:half], unread) || _noetl.unfoldable(families[half + 1:], unread)
      end;
  end;
end
$$;

comment on function _noetl.unfoldable(text[], text[]) is
  'Which of these families, of all that are unread, cannot be folded: {"<family>": "<error>"}. Tries them by halves and changes nothing.';
