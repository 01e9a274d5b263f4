import type { FastifySchemaValidationError } from 'fastify';
import type { ProblemError } from './problem.ts';

type Place = 'body' | 'querystring' | 'params' | 'headers' | undefined;

const placeNames = { body: 'body', querystring: 'query', params: 'path', headers: 'headers' } as const;

/** One sentence per field that does not fit, in words of the caller: where it is, and what is expected there. */
export function describeValidation(
  errors: readonly FastifySchemaValidationError[],
  place: Place,
): { detail: string; errors: ProblemError[] } {
  const where = place === undefined ? 'request' : placeNames[place];
  const byField = Map.groupBy(errors.filter(saysSomething), ({ instancePath }) => instancePath);
  const found = [...byField].flatMap(([pointer, list]) => describeField(pointer, list)).slice(0, 20);
  const sentences = found.map(({ pointer, detail }) => `${where}${pointer.replaceAll('/', '.')}: ${detail}`);
  return { detail: `${sentences.join('; ')}.`, errors: found };
}

/** An unknown member is told twice, as a `false` schema and as an additional property; the second names it better. */
const saysSomething = ({ keyword }: FastifySchemaValidationError): boolean =>
  keyword !== 'boolean' && keyword !== 'anyOf';

function describeField(pointer: string, errors: readonly FastifySchemaValidationError[]): ProblemError[] {
  const choices = errors.flatMap(({ keyword, params }) => (keyword === 'const' ? [String(params.allowedValue)] : []));
  if (choices.length > 0) return [{ pointer, code: 'const', detail: `expected one of ${choices.join(', ')}` }];
  return errors.flatMap(({ keyword, params, message }) => {
    if (keyword === 'additionalProperties') {
      return namesIn(params.additionalProperties).map((name) => {
        return { pointer: `${pointer}/${name}`, code: keyword, detail: 'is not known here' };
      });
    }
    if (keyword === 'required') {
      return namesIn(params.requiredProperties).map((name) => {
        return { pointer: `${pointer}/${name}`, code: keyword, detail: 'is missing' };
      });
    }
    return [{ pointer, code: keyword, detail: message ?? 'does not fit' }];
  });
}

const namesIn = (value: unknown): string[] => [value].flat().map((name) => String(name).slice(0, 100));
