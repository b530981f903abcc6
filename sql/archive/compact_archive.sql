create or replace function noetl.compact_archive(at timestamptz default now())
returns text
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  -- what is decoded and encoded within a second
  most_lines constant integer := 200;
  work record;
  line_ids integer[];
begin
  if not _noetl.try_lock('archive') then
    return null;
  end if;
  select w.* into work from _noetl.archive_work(at) as w order by w.place, w.until, w.bundle limit 1;
  case work.what
    when 'close' then
      return format('closed %s samples of bundle %s from %s on', _noetl.close_block(work.bundle, work.from_at, work.until), work.bundle, work.from_at);
    when 'places' then
      return format('freed %s places', _noetl.free_places());
    when 'thin' then
      return format('thinned %s lines from %s on', _noetl.thin_block(work.from_at, work.clock), work.from_at);
    when 'lines' then
      delete from _noetl.line as l where l.line_id in (select _noetl.forgotten_line(at));
      return 'forgot lines of which nothing is left';
    when 'merge' then
      line_ids := array(
        select c.line_id
        from _noetl.chunk as c
        where c.level = work.level and c.line_id > 0 and c.from_at >= work.from_at and c.from_at < work.until
        group by c.line_id
        having count(*) > 1 or min(c.from_at) > work.from_at
        order by c.line_id
        limit case work.level when 'thinned' then most_lines / 4 else most_lines end);
      if line_ids <> '{}' then
        return format('merged the chunks of %s lines from %s on', _noetl.merge_chunks(work.level, line_ids, work.from_at, work.until), work.from_at);
      end if;
      if not _noetl.try_lock('clocks') then
        return null;
      end if;
      delete from _noetl.imported_block as n where work.level = 'imported' and n.from_at = work.from_at;
      perform _noetl.forget_clocks(work.level, work.from_at, work.until);
      return format('merged all from %s on', work.from_at);
    else
      return null;
  end case;
end
$$;

comment on function noetl.compact_archive(timestamptz) is
  'Does the next step of what keeps the archive small, less than a second long, and says which; null: there is none, or another session does one. Closes blocks that are over, thins what is older than the setting thin_after, merges chunks. Maintenance calls it until nothing is left.';
