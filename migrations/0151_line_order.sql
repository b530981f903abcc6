-- The lines of a family in their order, so that a page is read and not sorted; and once so on disk, where they stay.
create index state_line on _noetl.state (family_id, place);
drop index _noetl.state_family;
cluster _noetl.state using state_line;
alter table _noetl.state set without cluster;
