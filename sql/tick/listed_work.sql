create or replace function _noetl.listed_work(task text)
returns setof text
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  listing text := (
    select l.statement
    from (
      select p.name, p.statement from _noetl.periodic_task as p where p.listed
      union all
      -- the only targets that SQL can reach; noetl.evaluate_rules() itself tells those of kind notify
      values ('notification', $sql$
        select format('select _noetl.tell_target(%L, %L)', d.target, d.labels)
        from _noetl.notification_due as d
        where d.kind = 'sql' and d.is_news and d.due_at <= clock_timestamp()
        order by d.target, d.labels
      $sql$)
    ) as l
    where l.name = task);
begin
  if listing is not null then
    return query execute listing;
  end if;
end
$$;

comment on function _noetl.listed_work(text) is
  'The statements that a task lists which has several, and those that tell targets of kind sql of alerts (notification): each belongs in a transaction of its own.';
