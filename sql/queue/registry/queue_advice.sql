create or replace view noetl.queue_advice as
select m.source, m.relation, m.purpose, m.statement
from _noetl.missing_index() as m;

comment on view noetl.queue_advice is
  'One row is one index that readings of a registered queue would use, and that is not there: run its statement, outside of a transaction, if the table is large. The planner is asked about each lookup, so that any index which serves counts.';
comment on column noetl.queue_advice.purpose is 'What the index would find.';
