create or replace function _noetl.go_quoted(value text, quote text default '"')
returns text
language sql
immutable
parallel safe
begin atomic
  select quote || coalesce(string_agg(case
      when c.part in ('\', quote) then '\' || c.part
      when c.part !~ '[[:cntrl:]\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ue000-\uf8ff\ufeff\ufff9-\ufffb]' then c.part
      when strpos(E'\x07\b\f\n\r\t\x0b', c.part) > 0 then '\' || substr('abfnrtv', strpos(E'\x07\b\f\n\r\t\x0b', c.part), 1)
      when ascii(c.part) < 128 then '\x' || lpad(to_hex(ascii(c.part)), 2, '0')
      else '\u' || lpad(to_hex(ascii(c.part)), 4, '0')
    end, '' order by c.place), '') || quote
  from regexp_split_to_table(value, '') with ordinality as c (part, place)
  where c.part <> '';
end;

comment on function _noetl.go_quoted(text, text) is 'A text between quotes as the language Go writes it: what cannot be printed is escaped. A single character takes the quote ''.';
