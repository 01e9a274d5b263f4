import type { RegisterModel } from '../../app-deps.ts';
import type { ModelDetail } from '../../schemas/model.schema.ts';
import { type ApiClient, refusalOf } from '../api-client.ts';

/** The model as the server knows it; null when it does not, or will not say. */
export async function findModel(client: ApiClient, model: string): Promise<ModelDetail | 'hidden' | null> {
  const answer = await client.get(`/api/v1/models/${encodeURIComponent(model)}`);
  if (answer.status === 200) return answer.body as ModelDetail;
  if (answer.status === 404) return null;
  // A key that may only send events cannot read models; its rows are still welcome.
  if (answer.status === 403) return 'hidden';
  throw refusalOf(answer, `Looking up the model ${model}`);
}

/** @returns false when somebody else registered it meanwhile */
export async function registerModel(client: ApiClient, request: RegisterModel): Promise<boolean> {
  const answer = await client.post('/api/v1/models', JSON.stringify(request));
  if (answer.status === 409) return false;
  if (answer.status >= 300) throw refusalOf(answer, `Registering the model ${request.model}`);
  return true;
}
