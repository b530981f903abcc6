-- It answers other columns now, which "create or replace" refuses.
drop function if exists _noetl.otlp_point(jsonb);
