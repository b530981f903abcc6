create or replace function _noetl.new_series()
returns setof _noetl.resolved_pending_series
language plpgsql
stable
parallel safe
security definer
rows 1000
set search_path = pg_catalog, pg_temp
as $$
begin
  -- a function, so that the usual case, that nothing is new, costs the page neither planning nor joins
  if exists (select from _noetl.pending_series) then
    return query
    select s.*
    from _noetl.resolved_pending_series as s
    where s.rejection is null
      and not exists (select from _noetl.series as known where known.series_id = s.series_id and known.retired_at is null);
  end if;
end
$$;

comment on function _noetl.new_series() is 'The series that are pending and that the fold will accept.';
