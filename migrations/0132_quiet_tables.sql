-- A few rows that change every few seconds: vacuumed and analyzed each minute, they had every session plan anew what reads
-- them, which cost more than all that they hold. What dies is cleared away by whoever reads the page next.
alter table _noetl.state set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);
alter table _noetl.feed set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);
alter table _noetl.collector_run set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);
alter table _noetl.collector_schedule set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);
alter table _noetl.queue_collection set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);
alter table noetl.runtime set (autovacuum_vacuum_threshold = 1000, autovacuum_analyze_threshold = 1000);
