import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { needing, promtool } from '../support/tools.ts';
import { judged } from './promtool.ts';

const db = useDatabase();

const labels = { instance: 'db-1.example.org:9090', job: 'shop "x"', empty: '' };

const rendered = async (template: string, value: string): Promise<string> =>
  db.value('select _noetl.render_template(_noetl.parse_template($1), $2)', [
    template,
    JSON.stringify({ labels, value: [value], externalLabels: { region: 'eu' }, externalURL: '' }),
  ]);

const numbers = ['0', '1', '-1', '0.5', '12.345', '59.99', '60', '3599.6', '86400', '123456', '1234567', '1e15', '0.00012345', '-0.0025', '2.5e-10', 'NaN', '+Inf', '-Inf'];

const ofNumbers = [
  '{{ $value }}', '{{ .Value }}', '{{ $value | humanize }}', '{{ humanize1024 $value }}', '{{ $value | humanizeDuration }}', '{{ $value | humanizePercentage }}',
  '{{ printf "%.2f|%8.1f|%-8.1f|%g|%e|%v" $value $value $value $value $value $value }}', '{{ printf "%+.1f %08.3f" $value $value }}',
  '{{ if gt $value 50.0 }}high{{ else if lt $value 0.0 }}low{{ else }}middle{{ end }}',
];

const others = [
  'plain { text } }}', '{{ $labels.instance }} {{ $labels.none }}.', '{{ .Labels.job | toUpper }} {{ title "hello wide world" }} {{ toLower "ABC" }}',
  '{{ or $labels.none $labels.instance }} {{ and $labels.instance $labels.none }}.', '{{ not $labels.none }} {{ len $labels.instance }} {{ index $labels "instance" }}',
  'a   {{- " b " -}}   c {{- /* nothing */ -}} d', '{{ if and (eq $labels.instance "db-1.example.org:9090") (ne $labels.job "y") }}{{ if $labels.none }}1{{ else }}2{{ end }}3{{ end }}',
  '{{ printf "%s %q %5s|%-5s|%d %%" $labels.job $labels.job "ab" "ab" 42 }}', '{{ `raw \\ "text"` }} {{ "tab\\tquote\\"" }}',
  '{{ reReplaceAll "(.*)\\\\.example\\\\.org:(\\\\d+)" "$2-$1" $labels.instance }} {{ match "^db-[0-9]" $labels.instance }}',
  '{{ stripPort $labels.instance }} {{ stripDomain "web.example.org" }} {{ stripDomain "web.example.org:80" }} {{ stripDomain "10.1.2.3:80" }}',
  '{{ humanizeTimestamp 1435065584.128 }} {{ humanizeTimestamp 0 }}', '{{ "0.125" | humanizePercentage }} {{ 1e3 | humanize }} {{ parseDuration "1h30m" }}',
  '{{ $externalLabels.region }}|{{ $externalLabels.none }}|', '{{ print "a" 1 "b" 2.5 true }}', '{{ eq 1 1 }} {{ eq "a" "b" "a" }} {{ le 1.5 1.5 }} {{ ge 2 3 }}',
];

describe('the text of an annotation', () => {
  needing(promtool)('is what Prometheus makes of the same template', async () => {
    const cases = [...numbers.flatMap((value) => ofNumbers.map((template) => ({ template, value }))), ...others.map((template) => ({ template, value: '7' }))];
    const groups = numbers.concat('7').map((value, n) => ({
      value,
      n,
      templates: cases.filter((each) => each.value === value).map(({ template }) => template),
    }));
    const expected = await Promise.all(
      groups.map(async ({ value, templates }) =>
        Object.fromEntries(await Promise.all(templates.map(async (template, k) => [`t${k}`, await rendered(template, value)] as const)))));
    const rules = {
      groups: [{
        name: 'g',
        rules: groups.map(({ n, templates }) => ({
          alert: `A${n}`, expr: `m${n} == m${n} or m${n} != m${n}`,
          annotations: Object.fromEntries(templates.map((template, k) => [`t${k}`, template])),
        })),
      }],
    };
    const unit = {
      rule_files: ['rules.json'],
      tests: [{
        interval: '1m',
        external_labels: { region: 'eu' },
        input_series: groups.map(({ value, n }) => ({ series: `m${n}{instance="db-1.example.org:9090",job="shop \\"x\\""}`, values: value })),
        alert_rule_test: groups.map(({ n }) => ({
          eval_time: '0m', alertname: `A${n}`,
          exp_alerts: [{ exp_labels: { instance: labels.instance, job: labels.job }, exp_annotations: expected[n] }],
        })),
      }],
    };
    const verdict = await judged(['test', 'rules', 'unit.json'], { 'rules.json': JSON.stringify(rules), 'unit.json': JSON.stringify(unit) });
    expect(verdict).toEqual({ accepted: true, said: ['Unit Testing:  unit.json', 'SUCCESS'] });
  });
});

describe('a template', () => {
  it.each([
    ['{{ foo }}', 'function "foo" is not supported'],
    ['{{ query "up" }}', 'function "query" is not supported'],
    ['{{ if $value }}x', 'unexpected EOF: an {{if}} has no {{end}}'],
    ['x{{ end }}', 'unexpected {{end}}'],
    ['{{ else }}', 'unexpected {{else}}'],
    ['{{ range $labels }}{{ end }}', '{{range}} is not supported'],
    ['{{ $x := 1 }}', '{{$x}} is not supported'],
    ['{{ $x }}', 'unexpected $x'],
    ['{{ $value', 'unclosed action or unexpected character after "{{"'],
    ['{{ ($value }}', 'unclosed left paren'],
    ['{{ $value) }}', 'unexpected right paren'],
    ['{{ humanize }}', 'wrong number of args for humanize: 0'],
    ['{{ humanize $value $value }}', 'wrong number of args for humanize: 2'],
    ['{{ }}', 'missing value for command'],
    ['{{ $value 5 }}', "can't give argument to non-function"],
    ['{{ $value | $value }}', 'non executable command in pipeline'],
    ['{{ $labels.a.b }}', "can't evaluate $labels.a.b"],
    ['{{ "\\d" }}', 'invalid escape in "\\d"'],
  ])('%s is refused: %s', async (template, message) => {
    expect(await db.refusal('select _noetl.parse_template($1)', [template])).toMatchObject({ message });
  });
});
