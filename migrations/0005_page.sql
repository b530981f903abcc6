-- Written by triggers on whatever the page shows, so that a server renders anew only what changed since it last did.
-- Append only and without a key: nobody waits for another who changes the same family.
create table _noetl.page_change (
  family_id integer,
  runtime_id bigint,
  xid xid8 not null default pg_current_xact_id(),
  kept boolean not null default false
) with (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.page_change is
  'One row is one change of what the fold has put on the page: of one family, of all series of one component, or (both null) of anything. The newest of each counts; see noetl.page_since(boolean, text, timestamptz).';
comment on column _noetl.page_change.xid is 'The transaction of the change: who has read a page in a snapshot that did not see it must read the family again.';
comment on column _noetl.page_change.kept is 'Whether _noetl.kept_lines shows the family as it is since the change.';

-- The lines of each family as of the last fold, so that a page is read and not rendered at each scrape. Unlogged: what a
-- crash empties the next fold fills again, and a standby, which has none of it, renders. Seldom vacuumed: each
-- time every session plans its page anew.
create unlogged table _noetl.kept_lines (
  family_id integer not null,
  in_text boolean not null,
  in_openmetrics boolean not null,
  samples bigint not null,
  lines text not null,
  at timestamptz,
  primary key (family_id, in_text)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);
-- numbers differ at each fold: to compress them takes longer than to render them
alter table _noetl.kept_lines alter column lines set storage external;

comment on table _noetl.kept_lines is
  'One row is what _noetl.rendered_lines() gave for a family, in one format or in both, at the last fold that found it changed. Valid unless _noetl.families_to_render() or _noetl.unfolded_families() lists the family. Written by the fold alone.';
comment on column _noetl.kept_lines.at is 'When the oldest gauge among them was measured; null: nothing of it can go stale.';

create unlogged table _noetl.kept_page (
  only_row boolean primary key default true,
  at timestamptz not null,
  constraint kept_page_has_one_row check (only_row)
) with (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);

comment on table _noetl.kept_page is 'The one row says when the fold last wrote _noetl.kept_lines; without it they say nothing.';
