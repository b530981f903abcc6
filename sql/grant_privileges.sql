-- Last, when every object is there: what is as it should be is not touched, so that repeating it is free and an upgrade
-- stands in nobody's way.
do $$
declare
  fault record;
begin
  for fault in select f.statement from _noetl.privilege_fault as f loop
    execute fault.statement;
  end loop;
end
$$;
