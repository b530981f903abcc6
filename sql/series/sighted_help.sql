create or replace function _noetl.sighted_help(family text)
returns text
language sql
stable
parallel safe
begin atomic
  select s.help_text
  from _noetl.sighted_sample as s
  where s.family = sighted_help.family and s.help_text <> ''
  order by s.seen_at, s.series_id
  limit 1;
end;

comment on function _noetl.sighted_help(text) is 'The first help text that new series of a family bring; null: none.';
