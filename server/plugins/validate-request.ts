import type { FastifySchemaCompiler } from 'fastify';
import type { Static, TObject, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/**
 * Compiles TypeBox schemas for fastify. Bodies are taken as they are. Queries and paths are text, so a declared number
 * or boolean is read from it, strictly: `1.5` is no integer and `1` is no `true`, where common coercions would guess.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  const isText = httpPart === 'querystring' || httpPart === 'params';
  const kinds = isText ? kindsOf(schema as TObject) : new Map<string, string>();
  return (value: unknown): { value: Static<TSchema> } | { error: Error } => {
    const read = kinds.size === 0 ? value : readText(value as Record<string, unknown>, kinds);
    if (validator.Check(read)) return { value: read };
    // fastify types this as Error and reads a list of validation errors from it.
    return { error: validator.Errors(read) as unknown as Error };
  };
};

function kindsOf(schema: TObject): Map<string, string> {
  const declared = Object.entries(schema.properties).map(([name, property]) => [name, typeNameOf(property)] as const);
  return new Map(declared.filter(([, kind]) => kind === 'integer' || kind === 'number' || kind === 'boolean'));
}

const typeNameOf = (schema: TSchema): string =>
  'type' in schema && typeof schema.type === 'string' ? schema.type : 'other';

function readText(value: Record<string, unknown>, kinds: ReadonlyMap<string, string>): Record<string, unknown> {
  const read = { ...value };
  for (const [name, kind] of kinds) {
    const text = value[name];
    if (typeof text !== 'string') continue;
    if (kind === 'boolean' && (text === 'true' || text === 'false')) read[name] = text === 'true';
    if (kind === 'integer' && /^-?\d{1,15}$/.test(text)) read[name] = Number(text);
    if (kind === 'number' && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) read[name] = Number(text);
  }
  return read;
}
