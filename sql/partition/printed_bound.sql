create or replace function _noetl.printed_bound(bounds text, side text)
returns timestamptz
language sql
stable
parallel safe
return substring(bounds, side || ' \(''([^'']+)''\)')::timestamptz;

comment on function _noetl.printed_bound(text, text) is
  'The bound FROM or TO in the bounds of a partition as the server prints them in a session that prints times as ISO, UTC; null: there is none.';
