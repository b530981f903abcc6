create or replace function _noetl.free_places()
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  freed bigint;
begin
  perform from _noetl.scraper as s order by s.scraper for no key update;
  update _noetl.place as p
  set line_id = null, key = null, ended_at = null
  where not p.live and p.line_id is not null
    and not exists (select from _noetl.scrape as s where s.bundle = p.bundle and s.at <= p.ended_at);
  get diagnostics freed = row_count;
  return freed;
end
$$;

comment on function _noetl.free_places() is
  'Lets other lines have the places of lines that have ended, where no scrape is left that holds anything of them; returns how many.';
