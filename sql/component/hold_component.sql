create or replace function _noetl.hold_component(component bigint)
returns void
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
begin
  -- statements that are planned once, of empty tables: what counts is the lock of the table, which nobody else can have
  case component & 15
    when 0 then perform from _noetl.writer_0 for key share;
    when 1 then perform from _noetl.writer_1 for key share;
    when 2 then perform from _noetl.writer_2 for key share;
    when 3 then perform from _noetl.writer_3 for key share;
    when 4 then perform from _noetl.writer_4 for key share;
    when 5 then perform from _noetl.writer_5 for key share;
    when 6 then perform from _noetl.writer_6 for key share;
    when 7 then perform from _noetl.writer_7 for key share;
    when 8 then perform from _noetl.writer_8 for key share;
    when 9 then perform from _noetl.writer_9 for key share;
    when 10 then perform from _noetl.writer_10 for key share;
    when 11 then perform from _noetl.writer_11 for key share;
    when 12 then perform from _noetl.writer_12 for key share;
    when 13 then perform from _noetl.writer_13 for key share;
    when 14 then perform from _noetl.writer_14 for key share;
    when 15 then perform from _noetl.writer_15 for key share;
  end case;
end
$$;

comment on function _noetl.hold_component(bigint) is
  'Keeps a component from being deleted until the transaction ends: writers of its samples share a lock that its deleter excludes. 16 locks serve all components.';
