/** Values that a JSON Schema calls valid, and values beside them that it mostly does not. */

export type Schema = Readonly<Record<string, unknown>>;

/** A value as the schema describes it: with every property, or with the required ones alone. */
export function instance(schema: Schema, properties: 'all' | 'required'): unknown {
  const [example] = (schema['examples'] as unknown[] | undefined) ?? [];
  for (const given of [example, schema['example'], schema['default']]) if (given !== undefined) return given;
  const [first] = (schema['enum'] ?? []) as unknown[];
  if (first !== undefined) return first;
  if (hasShape(schema)) {
    // one way of several is described by the first, which may be a list of what else is required
    const required = new Set([...names(schema), ...names(branches(schema)[0] ?? {})]);
    return Object.fromEntries(
      Object.entries(propertiesOf(schema))
        .filter(([name]) => properties === 'all' || required.has(name))
        .map(([name, property]) => [name, instance(property, properties)]),
    );
  }
  const [way] = branches(schema);
  if (way !== undefined) return instance(way, properties);
  switch ([schema['type']].flat()[0]) {
    case 'array':
      return [instance((schema['items'] ?? {}) as Schema, properties)];
    case 'object':
      return {};
    case 'integer':
    case 'number':
      return schema['minimum'] ?? 1;
    case 'boolean':
      return true;
    default:
      return 'text';
  }
}

export interface Variant {
  readonly why: string;
  readonly value: unknown;
}

/** The value, changed in one place each: another type, beyond each bound, without or with one more property. */
export function* variants(schema: Schema, value: unknown, path = ''): Generator<Variant> {
  const at = (why: string, changed: unknown): Variant => ({ why: `${path || 'all'}: ${why}`, value: changed });
  for (const other of [null, true, 7.5, -1, 'text', '', [], {}, [null], String(value)]) yield at(`becomes ${JSON.stringify(other)}`, other);
  for (const [keyword, beyond] of beyondBounds(schema, value)) yield at(`breaks ${keyword}`, beyond);
  for (const way of branches(schema)) yield* variants({ ...way, anyOf: undefined }, value, path);
  if (Array.isArray(value)) {
    const [first, ...others] = value as unknown[];
    yield at('has a null in it', [first, ...others, null]);
    for (const { why, value: item } of variants((schema['items'] ?? {}) as Schema, first, `${path}[0]`)) {
      yield { why, value: [item, ...others] };
    }
  } else if (typeof value === 'object' && value !== null) {
    yield at('has one property more', { ...value, unexpected: 1 });
    yield at('has a property that is no name', { ...value, 'no name': 1 });
    for (const [name, property] of Object.entries(value)) {
      const { [name]: _, ...rest } = value as Record<string, unknown>;
      yield at(`lacks ${name}`, rest);
      for (const { why, value: changed } of variants(propertiesOf(schema)[name] ?? {}, property, `${path}.${name}`)) {
        yield { why, value: { ...value, [name]: changed } };
      }
    }
  }
}

function* beyondBounds(schema: Schema, value: unknown): Generator<[keyword: string, value: unknown]> {
  const { minimum, maximum, maxLength, maxItems, pattern, format } = schema as Record<string, number | undefined>;
  if (minimum !== undefined) yield ['minimum', minimum - 1];
  if (maximum !== undefined) yield ['maximum', maximum + 1];
  if (maxLength !== undefined) yield ['maxLength', 'x'.repeat(maxLength + 1)];
  if (maxItems !== undefined && Array.isArray(value)) yield ['maxItems', Array.from({ length: maxItems + 1 }, () => value[0] as unknown)];
  if (pattern !== undefined || schema['enum'] !== undefined) yield ['pattern', 'not-one!'];
  if (format !== undefined) {
    for (const time of ['yesterday', '2026-02-30T00:00:00Z', '2026-01-01T00:00:00', '2026-01-01']) yield ['format', time];
  }
}

function branches(schema: Schema): Schema[] {
  return (schema['anyOf'] ?? schema['oneOf'] ?? []) as Schema[];
}

function hasShape(schema: Schema): boolean {
  return Object.keys(propertiesOf(schema)).length > 0;
}

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema['properties'] ?? {}) as Record<string, Schema>;
}

function names(schema: Schema): string[] {
  return (schema['required'] ?? []) as string[];
}
