create or replace function _noetl.otlp_unit(unit text)
returns text
language sql
immutable
parallel safe
begin atomic
  select nullif(string_agg(case p.place when 1 then coalesce(u.word, p.part) else 'per_' || coalesce(per.word, u.word, p.part) end, '_' order by p.place), '')
  from (
    select t.place, btrim(regexp_replace(t.part, '[^a-zA-Z0-9]+', '_', 'g'), '_') as part, btrim(t.part) as written
    from string_to_table(regexp_replace(unit, '\{[^}]*\}', '', 'g'), '/') with ordinality as t (part, place)
  ) as p
  left join (values
    ('d', 'days'), ('h', 'hours'), ('min', 'minutes'), ('s', 'seconds'), ('ms', 'milliseconds'), ('us', 'microseconds'), ('ns', 'nanoseconds'),
    ('By', 'bytes'), ('KiBy', 'kibibytes'), ('MiBy', 'mebibytes'), ('GiBy', 'gibibytes'), ('TiBy', 'tibibytes'),
    ('KBy', 'kilobytes'), ('kBy', 'kilobytes'), ('MBy', 'megabytes'), ('GBy', 'gigabytes'), ('TBy', 'terabytes'),
    ('m', 'meters'), ('V', 'volts'), ('A', 'amperes'), ('J', 'joules'), ('W', 'watts'), ('g', 'grams'),
    ('Cel', 'celsius'), ('Hz', 'hertz'), ('%', 'percent')
  ) as u (symbol, word) on u.symbol = p.written
  left join (values
    ('s', 'second'), ('m', 'minute'), ('min', 'minute'), ('h', 'hour'), ('d', 'day'), ('w', 'week'), ('mo', 'month'), ('y', 'year')
  ) as per (symbol, word) on per.symbol = p.written and p.place > 1
  where coalesce(u.word, p.part) not in ('', '1');
end;

comment on function _noetl.otlp_unit(text) is
  'A unit of UCUM, as OpenTelemetry has them, in the words of Prometheus: ms is milliseconds, By/s is bytes_per_second; null: there is none, as of 1 and {packets}.';
