/** A failed request, as problem+json tells it: what failed, and the id to quote. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly requestId: string | null;

  constructor(fields: { status: number; title: string; detail: string; code: string; requestId: string | null }) {
    super(fields.detail);
    this.status = fields.status;
    this.title = fields.title;
    this.code = fields.code;
    this.requestId = fields.requestId;
  }
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

async function toProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  return new Problem({
    status: response.status,
    title: text(fields['title'], response.statusText || 'The server refused the request'),
    detail: text(fields['detail'], `The server answered ${response.status} without saying why.`),
    code: text(fields['code'], `HTTP_${response.status}`),
    requestId: text(fields['requestId'], response.headers.get('x-request-id') ?? '') || null,
  });
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(new URL(path, document.baseURI), { credentials: 'same-origin', ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new Problem({
      status: 0,
      title: 'The server does not answer',
      detail: 'Check that plumbline is running; this page tries again by itself.',
      code: 'NETWORK',
      requestId: null,
    });
  }
  if (!response.ok) throw await toProblem(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** `path` is relative to the base, for example `api/v1/models`. */
export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>(path, { signal, headers: { accept: 'application/json' } });
}

export function postJson<T>(path: string, body: unknown): Promise<T> {
  return request<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
}
