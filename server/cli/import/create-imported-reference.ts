import type { ReferenceWire } from '../../schemas/model.schema.ts';
import { refusalOf } from '../api-client.ts';
import type { StoredDeps } from './until-stored.ts';

/**
 * Makes the rows of `[from, to)` a reference, which the server must have stored.
 */
export async function createImportedReference(
  deps: StoredDeps,
  model: string,
  window: { from: number; to: number },
): Promise<ReferenceWire> {
  const body = {
    kind: 'imported',
    modelVersion: null,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
  };
  const path = `/api/v1/models/${encodeURIComponent(model)}/references`;
  const answer = await deps.client.post(path, JSON.stringify(body));
  if (answer.status >= 300) throw refusalOf(answer, 'Creating the reference');
  return answer.body as ReferenceWire;
}
