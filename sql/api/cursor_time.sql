create or replace function _noetl.cursor_time(cursor text)
returns timestamptz
language sql
immutable
parallel safe
return timestamptz '2000-01-01 00:00:00+00' + split_part(cursor, '_', 1)::bigint * interval '1 microsecond';

comment on function _noetl.cursor_time(text) is 'The timestamp of the sample that a cursor stands behind. Inverse: _noetl.cursor().';
