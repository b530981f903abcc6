create or replace function _noetl.labels_order(name text, labels jsonb)
returns text[]
language sql
immutable
parallel safe
begin atomic
  select array(
    select p.part collate "C"
    from (
      select e.key, e.value from jsonb_each_text(labels) as e
      union all
      select '__name__', labels_order.name where labels_order.name is not null
    ) as l
    cross join lateral (values (1, l.key), (2, l.value)) as p (place, part)
    order by l.key collate "C", p.place);
end;

comment on function _noetl.labels_order(text, jsonb) is 'What Prometheus sorts series by: names and values of all labels, by name.';
