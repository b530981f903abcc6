create or replace view noetl.notification as
select
  t.name,
  t.kind,
  -- a webhook's path is a secret as often as not
  case when t.kind in ('alertmanager', 'webhook', 'slack') then regexp_replace(t.target, '^(\w+://)(?:[^/@]*@)?([^/?#]*).*$', '\1\2') else t.target end as target,
  t.enabled,
  (select count(*) from _noetl.notification_group as g where g.target = t.name and cardinality(g.firing) > 0) as groups_firing,
  t.sent,
  t.sent_at,
  t.failed,
  t.failed_at,
  t.error,
  t.matchers,
  t.group_by,
  t.group_wait,
  t.group_interval,
  t.repeat_interval,
  t.send_resolved
from _noetl.notification_target as t;

comment on view noetl.notification is
  'One row is one target of notifications, and how it went. noetl.add_notification() adds or changes one, noetl.drop_notification() removes it, noetl.enable_notification() and noetl.disable_notification() turn it on and off.';
comment on column noetl.notification.target is 'Where to: of a URL only its beginning, of which nothing is secret.';
comment on column noetl.notification.groups_firing is 'Of how many groups of alerts it knows that some are firing.';
comment on column noetl.notification.sent is 'How many notifications it has taken.';
comment on column noetl.notification.failed is 'How many attempts have failed; each is repeated, later and later.';
comment on column noetl.notification.error is 'Why the last attempt that failed did; null: none has.';
