-- A family that had series before a preset let it start at zero: from now on noetl.install_preset() says so itself, and the page
-- need not look for series.
update _noetl.family as f
set first_series_at = now()
where f.starts_at_zero and f.first_series_at is null and exists (select from _noetl.series as s where s.family_id = f.family_id);

comment on column _noetl.family.starts_at_zero is 'True: until the family has its first series, the page shows it without labels and at 0, or as _noetl.live_gauge has it.';
comment on column _noetl.family.first_series_at is 'When a family that starts at zero had its first series, or was found to have some; null: not yet, or it does not start at zero.';
