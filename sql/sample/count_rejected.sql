create or replace function _noetl.count_rejected(fault text, samples bigint default 1)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  counter regclass := case
    when fault like '%(the setting max\_ahead)%' then '_noetl.rejected_future'
    when fault like '%must be a moment of the years 1 to 9999%' then '_noetl.rejected_time'
    when fault like '%(the setting max\_%)%' then '_noetl.rejected_limit'
    else '_noetl.rejected_invalid'
  end;
begin
  -- so that whoever keeps the page sees that something has happened
  perform pg_current_xact_id();
  perform nextval(counter) from generate_series(1, samples);
end
$$;

comment on function _noetl.count_rejected(text, bigint) is
  'Counts samples that are about to be refused, by what is wrong with them; see _noetl.live_gauge. The count stays when the transaction is rolled back.';
