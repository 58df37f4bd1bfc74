import type { ApiDocument, ApiOperation, Schema } from '@/lib/http/testing/api-document';

const HEAD = `// Made by scripts/generate-docs.ts from the OpenAPI document; in the shape that openapi-fetch reads.
`;

/** The API as types: \`paths\` for openapi-fetch, and a name for each schema that has one. */
export function formatApiTypes({ paths, components }: ApiDocument): string {
  const schemas = Object.entries(components.schemas).map(([name, schema]) => `  ${name}: ${typeOf(schema, 1)};`);
  const items = Object.entries(paths).map(([path, operations]) => {
    const methods = Object.entries(operations).map(
      ([method, operation]) => `    ${method}: ${operationType(operation)};`,
    );
    return `  '${path}': {\n${methods.join('\n')}\n  };`;
  });
  return `${HEAD}\ninterface schemas {\n${schemas.join('\n')}\n}\n\nexport interface paths {\n${items.join('\n')}\n}\n`;
}

type Described = Omit<ApiOperation, 'method' | 'path'>;

function operationType({ parameters = [], requestBody, responses }: Described): string {
  const places = [...new Set(parameters.map((parameter) => parameter.in))].map((place) => {
    const there = parameters.filter((parameter) => parameter.in === place);
    const fields = there.map(({ name, required, schema }) => field(name, schema, required === true, 5));
    const isOptional = !there.some(({ required }) => required);
    return `        ${place}${isOptional ? '?' : ''}: {\n${fields.join('\n')}\n        };`;
  });
  const body =
    requestBody && `      requestBody${requestBody.required ? '' : '?'}: ${contentType(requestBody.content, 3)};`;
  const answers = Object.entries(responses).map(
    ([status, { content }]) => `        ${status}: ${content ? contentType(content, 4) : '{ content?: never }'};`,
  );
  return [
    '{',
    places.length > 0 ? `      parameters: {\n${places.join('\n')}\n      };` : '      parameters: {};',
    ...(body ? [body] : []),
    `      responses: {\n${answers.join('\n')}\n      };`,
    '    }',
  ].join('\n');
}

function contentType(content: Record<string, { schema: Schema }>, depth: number): string {
  const types = Object.entries(content).map(([type, { schema }]) => `'${type}': ${typeOf(schema, depth)}`);
  return `{ content: { ${types.join('; ')} } }`;
}

function typeOf(schema: Schema, depth: number): string {
  const {
    $ref,
    const: only,
    enum: values,
    anyOf,
    oneOf,
    type,
    items,
    properties,
    format,
    additionalProperties,
  } = schema;
  const inner = (one: Schema) => typeOf(one, depth);
  if ($ref !== undefined) return `schemas['${$ref.split('/').at(-1)}']`;
  if (only !== undefined) return literal(only);
  if (values) return values.map(literal).join(' | ');
  const choices = anyOf ?? oneOf;
  if (choices) return choices.map(inner).join(' | ');
  if (Array.isArray(type)) return type.map((one) => inner({ ...schema, type: one })).join(' | ');
  if (properties) return objectType(schema, properties, depth);
  switch (type) {
    case 'string':
      return format === 'binary' ? 'Blob' : 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
    case 'null':
      return type;
    case 'array':
      return `Array<${inner(items ?? {})}>`;
    case 'object':
      return `{ [name: string]: ${typeof additionalProperties === 'object' ? inner(additionalProperties) : 'unknown'} }`;
    default:
      return 'unknown';
  }
}

function objectType({ required = [] }: Schema, properties: Record<string, Schema>, depth: number): string {
  const fields = Object.entries(properties).map(([name, schema]) =>
    field(name, schema, required.includes(name), depth + 1),
  );
  return `{\n${fields.join('\n')}\n${'  '.repeat(depth)}}`;
}

const field = (name: string, schema: Schema, isRequired: boolean, depth: number): string => {
  const note = schema.description === undefined ? '' : `${'  '.repeat(depth)}/** ${schema.description} */\n`;
  return `${note}${'  '.repeat(depth)}${/^\w+$/.test(name) ? name : `'${name}'`}${isRequired ? '' : '?'}: ${typeOf(schema, depth)};`;
};

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value);
