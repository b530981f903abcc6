-- A btree on series_id costs a third of an insert: 10,000 series are 10,000 places in it. A GIN index collects new rows in a list
-- and sorts them in later, together. Without the extension, which is trusted and part of every usual package, it stays a btree.
do $$
begin
  if not exists (select from pg_extension where extname = 'btree_gin') then
    create schema _noetl_extension;
    comment on schema _noetl_extension is 'The extension btree_gin, which the indexes of noetl.metric need.';
    create extension btree_gin schema _noetl_extension;
  end if;
  drop index noetl.metric_series;
  execute format(
    'create index metric_series on noetl.metric using gin (series_id %I.int8_ops)',
    (select e.extnamespace::regnamespace from pg_extension as e where e.extname = 'btree_gin'));
exception
  when insufficient_privilege or undefined_file or feature_not_supported then
    raise notice 'btree_gin: %; noetl.metric keeps its btree index on series_id', sqlerrm;
end
$$;

alter table _noetl.feed add column retired_by xid8 not null default pg_current_xact_id();

comment on column _noetl.feed.retired_by is
  'The transaction that last took series out of use: what a session remembers of known series from before is void.';
