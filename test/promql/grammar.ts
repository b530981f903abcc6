import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';

/** What the official grammar makes of an expression, as text; undefined: it refuses it. */
export function official(expression: string): string | undefined {
  const tree = parser.parse(expression);
  let refused = false;
  tree.iterate({
    enter: ({ type }) => {
      refused ||= type.isError;
    },
  });
  const root = tree.topNode.firstChild;
  return refused || root === null ? undefined : written(skipComments(root), expression);
}

/** The same of a tree of noetl.parse_promql(). */
export function ours(tree: Tree): string {
  const children = [tree['lhs'], tree['rhs'], tree['param'], tree['expr'], ...((tree['args'] ?? []) as unknown[])].filter((child) => child !== null && child !== undefined);
  const type = tree.type === 'numberLiteral' || tree.type === 'unaryExpr' ? 'signed' : tree.type;
  return `${type}(${[...detailsOf(tree), ...children.map((child) => ours(child as Tree))].join(' ')})`;
}

export interface Tree {
  readonly type: string;
  readonly [key: string]: unknown;
}

function detailsOf(tree: Tree): string[] {
  const place = `${String(tree['start'])}-${String(tree['end'])}`;
  switch (tree.type) {
    case 'binaryExpr': {
      const matching = tree['matching'] as { labels: string[]; include: string[] } | null;
      return [place, String(tree['op']), String(tree['bool']), ...(matching === null ? [] : [...matching.labels, ...matching.include])];
    }
    case 'aggregation':
      return [place, String(tree['op']), String(tree['without']), ...(tree['grouping'] as string[])];
    case 'call':
      return [place, (tree['func'] as { name: string }).name];
    case 'numberLiteral':
    case 'unaryExpr':
      return [];
    case 'vectorSelector':
    case 'matrixSelector':
      return [place, ...(tree['matchers'] as { name: string; type: string }[]).map(({ name, type }) => name + type).toSorted(), ...timesOf(tree)];
    case 'subquery':
      return [place, ...timesOf(tree)];
    default:
      return [place];
  }
}

function timesOf(tree: Tree): string[] {
  return [...(tree['offset'] === 0 ? [] : ['offset']), ...(tree['timestamp'] === null && tree['startOrEnd'] === null ? [] : ['@'])];
}

const kinds: Readonly<Record<string, string>> = {
  BinaryExpr: 'binaryExpr',
  AggregateExpr: 'aggregation',
  FunctionCall: 'call',
  MatrixSelector: 'matrixSelector',
  VectorSelector: 'vectorSelector',
  SubqueryExpr: 'subquery',
  ParenExpr: 'parenExpr',
  StringLiteral: 'stringLiteral',
  UnaryExpr: 'signed',
  NumberDurationLiteral: 'signed',
  OffsetExpr: '',
  StepInvariantExpr: '',
};

/** Offsets and @ belong to the last operand before them, as the server has it; this grammar may put them around a whole operation. */
function written(node: SyntaxNode, text: string, times: ReadonlySet<string> = new Set(), to = node.to): string {
  const [first] = expressionsIn(node);
  if ((node.name === 'OffsetExpr' || node.name === 'StepInvariantExpr') && first !== undefined) {
    return written(first, text, new Set([...times, node.name === 'OffsetExpr' ? 'offset' : '@']), to);
  }
  const base = node;
  const place = `${base.from}-${to}`;
  const part = (within: SyntaxNode, name: string): SyntaxNode[] => within.getChildren(name);
  const names = (within: SyntaxNode | null): string[] => (within === null ? [] : childrenOf(within).filter(({ name }) => name.endsWith('LabelName')).map((label) => nameOf(label, text)));
  const operates = base.name === 'BinaryExpr' || base.name === 'UnaryExpr';
  const inner = expressionsIn(base).map((child, nth, { length }) => (operates && nth === length - 1 ? written(child, text, times, to) : written(child, text)));
  const all = (details: readonly string[], children = inner): string => `${kinds[base.name] ?? base.name}(${[...details, ...children].join(' ')})`;
  const flags = [...(times.has('offset') ? ['offset'] : []), ...(times.has('@') ? ['@'] : [])];
  switch (base.name) {
    case 'UnaryExpr':
    case 'NumberDurationLiteral':
      return all([]);
    case 'BinaryExpr': {
      const clause = base.getChild('MatchingModifierClause');
      const between = childrenOf(base).find(({ name }) => !(name in kinds) && name !== 'LineComment');
      const lists = clause === null ? [] : part(clause, 'GroupingLabels').flatMap(names);
      return all([place, between === undefined ? '' : text.slice(between.from, between.to).toLowerCase(), String(base.getChild('BoolModifier') !== null), ...lists]);
    }
    case 'AggregateExpr': {
      const modifier = base.getChild('AggregateModifier');
      const body = base.getChild('FunctionCallBody');
      const op = base.getChild('AggregateOp');
      return all(
        [place, op === null ? '' : text.slice(op.from, op.to).toLowerCase(), String(modifier !== null && modifier.getChild('Without') !== null), ...names(modifier?.getChild('GroupingLabels') ?? null)],
        body === null ? [] : expressionsIn(body).map((child) => written(child, text)),
      );
    }
    case 'FunctionCall': {
      const name = base.getChild('FunctionIdentifier');
      const body = base.getChild('FunctionCallBody');
      return all([place, name === null ? '' : text.slice(name.from, name.to)], body === null ? [] : expressionsIn(body).map((child) => written(child, text)));
    }
    case 'VectorSelector':
      return all([place, ...matchersOf(base, text), ...flags], []);
    case 'MatrixSelector': {
      const selector = base.getChild('VectorSelector');
      return all([place, ...(selector === null ? [] : matchersOf(selector, text)), ...flags], []);
    }
    default:
      return all([place, ...flags]);
  }
}

function matchersOf(selector: SyntaxNode, text: string): string[] {
  const list = selector.getChild('LabelMatchers');
  const matchers = (list === null ? [] : childrenOf(list)).filter(({ name }) => name !== 'LineComment').map((matcher) => {
    if (matcher.name === 'QuotedLabelName') return '__name__=';
    const op = matcher.getChild('MatchOp');
    const label = matcher.getChild('LabelName') ?? matcher.getChild('QuotedLabelName');
    return (label === null ? '' : nameOf(label, text)) + (op === null ? '' : text.slice(op.from, op.to));
  });
  return [...matchers, ...(selector.getChild('Identifier') === null ? [] : ['__name__='])].toSorted();
}

const nameOf = (label: SyntaxNode, text: string): string => text.slice(label.from, label.to).replaceAll(/^"|"$/g, '');

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

const expressionsIn = (node: SyntaxNode): SyntaxNode[] => childrenOf(node).filter(({ name }) => name in kinds);

const skipComments = (node: SyntaxNode): SyntaxNode => (node.name === 'LineComment' && node.nextSibling !== null ? skipComments(node.nextSibling) : node);
