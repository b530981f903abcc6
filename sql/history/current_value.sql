create or replace view noetl.current_value as
select i.name, i.labels, p.value, p.at
from _noetl.current_line() as p
cross join lateral _noetl.line_identity(array[p.key]) as i;

comment on view noetl.current_value is
  'One row is one line of the page as a number, right now, folded or not. at: when a gauge that goes stale was measured; null: it does not.';
