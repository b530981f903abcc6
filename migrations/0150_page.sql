-- Which families have lines that several series write: few do, and the page asks each time.
create index state_shared on _noetl.state (family_id) where shared;

-- Written by triggers on whatever the page shows, so that a server renders anew only what changed since it last did.
-- Append only and without a key: nobody waits for another who changes the same family.
create table _noetl.page_change (
  family_id integer,
  runtime_id bigint,
  xid xid8 not null default pg_current_xact_id()
);

comment on table _noetl.page_change is
  'One row is one change of what the fold has put on the page: of one family, of all series of one component, or (both null) of anything. The newest of each counts; see noetl.page_since(boolean, text, timestamptz).';
comment on column _noetl.page_change.xid is 'The transaction of the change: who has read a page in a snapshot that did not see it must read the family again.';
