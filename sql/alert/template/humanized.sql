create or replace function _noetl.humanized(value double precision, base integer default 1000)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  large constant text[] := case base when 1024 then '{ki,Mi,Gi,Ti,Pi,Ei,Zi,Yi}'::text[] else '{k,M,G,T,P,E,Z,Y}' end;
  small constant text[] := '{m,u,n,p,f,a,z,y}'::text[];
  scaled double precision := value;
  prefix text := '';
begin
  if value = 0 or value::text in ('NaN', 'Infinity', '-Infinity') or base = 1024 and abs(value) <= 1 then
    return _noetl.go_general(value, 4);
  end if;
  -- step by step, as Prometheus does: one multiplication by the power would round otherwise
  for step in 1 .. 8 loop
    exit when case when abs(value) >= 1 then abs(scaled) < base else abs(scaled) >= 1 end;
    scaled := case when abs(value) >= 1 then scaled / base else scaled * base end;
    prefix := case when abs(value) >= 1 then large[step] else small[step] end;
  end loop;
  return _noetl.go_general(scaled, 4) || prefix;
end
$$;

comment on function _noetl.humanized(double precision, integer) is
  'A number with four digits and a metric prefix, as Prometheus'' template functions humanize (base 1000) and humanize1024 write it: 1.235k, 50m, 1.5Gi.';
