create or replace function _noetl.unescaped_name(name text)
returns text
language sql
immutable
parallel safe
begin atomic
  select case when name like 'U\_\_%' then coalesce(string_agg(case
      when p.part[1] = '__' then '_'
      when p.part[1] ~ '^_[0-9a-f]{1,6}_$' then chr(('x' || lpad(btrim(p.part[1], '_'), 8, '0'))::bit(32)::integer)
      else p.part[1]
    end, '' order by p.place), '') else name end
  from regexp_matches(substr(name, 4), '__|_[0-9a-f]{1,6}_|.', 'g') with ordinality as p (part, place);
end;

comment on function _noetl.unescaped_name(text) is 'The name of a label that a client may have escaped for an address as Prometheus does: U__ before it, _2e_ for a dot, __ for an underscore.';
