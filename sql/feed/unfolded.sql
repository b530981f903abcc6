create or replace view _noetl.unfolded as
select u.series_id, u.value, u.at, u.ordinal, u.metadata, u.reported, u.slot
from _noetl.unread(null) as u;

comment on view _noetl.unfolded is 'One row is one sample or event that is committed and that no fold has read yet.';
comment on column _noetl.unfolded.reported is 'True: a row of noetl.metric; false: an event, so that a counter''s value is an increment.';
