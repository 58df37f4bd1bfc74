import { openApiDocument } from '@/lib/http/openapi';

/** The part of JSON Schema that our document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: Schema | boolean;
  description?: string;
}

type Content = Record<string, { schema: Schema }>;

interface Parameter {
  in: string;
  name: string;
  required?: boolean;
  schema: Schema;
}

interface DescribedOperation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, { content?: Content }>;
}

export interface ApiDocument {
  paths: Record<string, Record<string, DescribedOperation>>;
  components: { schemas: Record<string, Schema>; parameters?: Record<string, Parameter> };
}

export interface ApiOperation extends DescribedOperation {
  method: string;
  path: string;
}

/** As a client gets it, but for parameters: those that have a name stand where they are used. */
export function readApiDocument(): ApiDocument {
  const text = JSON.stringify(openApiDocument());
  const { components }: ApiDocument = JSON.parse(text);
  return JSON.parse(text, (_, value) => {
    const name = /^#\/components\/parameters\/(\w+)$/.exec(value?.$ref)?.[1];
    return name === undefined ? value : components.parameters?.[name];
  });
}

export const listOperations = ({ paths }: ApiDocument): ApiOperation[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  );
