create or replace view _noetl.template_function as
select f.name, f.least, f.most
from (values
  ('humanize', 1, 1), ('humanize1024', 1, 1), ('humanizeDuration', 1, 1), ('humanizePercentage', 1, 1), ('humanizeTimestamp', 1, 1),
  ('printf', 1, null), ('print', 0, null), ('title', 1, 1), ('toUpper', 1, 1), ('toLower', 1, 1), ('stripPort', 1, 1), ('stripDomain', 1, 1),
  ('match', 2, 2), ('reReplaceAll', 3, 3), ('parseDuration', 1, 1), ('externalURL', 0, 0),
  ('and', 1, null), ('or', 1, null), ('not', 1, 1), ('len', 1, 1), ('index', 2, 2),
  ('eq', 2, null), ('ne', 2, 2), ('lt', 2, 2), ('le', 2, 2), ('gt', 2, 2), ('ge', 2, 2)
) as f (name, least, most);

comment on view _noetl.template_function is
  'One row is one function of Prometheus'' templates that annotations and labels of rules may use, and how many arguments it takes.';
comment on column _noetl.template_function.most is 'Null: any number.';
