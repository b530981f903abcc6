create or replace view _noetl.active_silence as
select s.silence_id, s.matchers
from _noetl.silence as s
where s.starts_at <= now() and s.ends_at > now();

comment on view _noetl.active_silence is 'One row is one silence that is in force now.';
