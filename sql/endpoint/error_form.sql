create or replace view _noetl.error_form as
select f.name, f.content_type, f.template::json as template, f.codes::jsonb as codes, f.schema::jsonb as schema
from (values
  (
    'problem', 'application/problem+json',
    '{"type": "about:blank", "title": "$title", "status": "$status", "detail": "$detail", "errors": "$errors"}', '{}',
    '{"$ref": "problem"}'
  ),
  (
    'otlp', 'application/json',
    '{"code": "$code", "message": "$message", "details": [{
      "$if": "errors", "@type": "type.googleapis.com/google.rpc.BadRequest",
      "fieldViolations": {"$each": "errors", "of": {"field": "$field", "description": "$rule"}}}]}',
    -- the codes of gRPC that are nearest
    '{"401": 16, "403": 7, "413": 8, "429": 8, "503": 14, "4": 3, "5": 13}',
    '{"$ref": "otlpError"}'
  ),
  (
    'prometheus', 'application/json',
    '{"status": "error", "errorType": "$code", "error": "$message"}',
    '{"NP001": "bad_data", "NP002": "execution", "NP003": "timeout", "57014": "timeout", "404": "not_found", "422": "execution", "503": "unavailable", "4": "bad_data", "5": "internal"}',
    '{"$ref": "prometheusError"}'
  )
) as f (name, content_type, template, codes, schema);

comment on view _noetl.error_form is
  'One row is one form in which a family of endpoints tells its errors. In template "$title", "$status", "$detail", "$message" (detail, or else title), "$code" and "$errors" stand for what is known of the error; what is not known is left out, with everything that has it as "$if". {"$each": "errors", "of": …} is a list.';
comment on column _noetl.error_form.codes is 'What "$code" is, by SQLSTATE, by status, and by the status''s first digit.';
