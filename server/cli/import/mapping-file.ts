import { readFileSync, writeFileSync } from 'node:fs';
import Type from 'typebox';
import Value from 'typebox/value';
import { parse, stringify } from 'yaml';
import { usageError } from '../cli-error.ts';
import type { MappingChoices } from './mapping-choices.ts';

const text = Type.Optional(Type.String({ minLength: 1 }));
const list = Type.Optional(Type.Array(Type.String({ minLength: 1 })));

const MappingFileSchema = Type.Object(
  {
    id: text,
    time: text,
    timeFormat: text,
    timeZone: text,
    score: text,
    scores: list,
    label: text,
    value: text,
    actual: text,
    labelTime: text,
    labelDelay: text,
    version: text,
    latency: text,
    features: list,
    exclude: list,
    categorical: list,
    segments: list,
    sensitive: list,
    task: Type.Optional(Type.Union([Type.Literal('binary'), Type.Literal('multiclass'), Type.Literal('regression')])),
    positiveLabel: text,
    positiveAt: Type.Optional(Type.Number()),
  },
  { additionalProperties: false },
);

/** @throws CliError (usage) when the file is missing, no YAML, or has a key that means nothing */
export function readMappingFile(path: string): MappingChoices {
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw usageError(
      `The mapping file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (Value.Check(MappingFileSchema, content)) return content;
  const [first] = Value.Errors(MappingFileSchema, content);
  const where = first === undefined ? '' : `${first.instancePath || '/'} ${first.message}`;
  throw usageError(
    `The mapping file ${path} does not fit: ${where}. Keys: ${Object.keys(MappingFileSchema.properties).join(', ')}.`,
  );
}

export function writeMappingFile(path: string, choices: MappingChoices): void {
  const known = Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
  writeFileSync(path, `# Which column means what; used by plumbline import --mapping\n${stringify(known)}`);
}
