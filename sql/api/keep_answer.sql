create or replace function _noetl.keep_answer(key text, answer jsonb)
returns jsonb
language sql
volatile
parallel unsafe
begin atomic
  update _noetl.request as r set answer = keep_answer.answer where r.key = keep_answer.key;
  select answer;
end;

comment on function _noetl.keep_answer(text, jsonb) is 'Keeps the answer for the retry, and returns it; see _noetl.earlier_answer().';
