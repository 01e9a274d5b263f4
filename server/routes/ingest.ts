import type { TSchema } from 'typebox';
import type { EventKind, IngestRequest, IngestResult } from '../../collectors/collector-types.ts';
import { CodedError, errorCatalogue } from '../errors.ts';
import type { App, Caller, FastifyReply, FastifyRequest, RouteDeps } from '../plugins/app-types.ts';
import { modelHeader, nameBytesMax } from '../plugins/authorize.ts';
import { headerText } from '../plugins/header-text.ts';
import { isErrorCode, sendProblem } from '../plugins/problem.ts';
import { FeedbackBodySchema, PredictionsBodySchema } from '../schemas/ingest-body.schema.ts';
import { IngestReplySchema } from '../schemas/ingest.schema.ts';

/** What the collector reads; it looks at the type again, so this list only decides between 415 and handing over. */
const contentTypes = [
  'application/json',
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
  'application/vnd.apache.arrow.stream',
];

const emptyBody = new Uint8Array(0);

/**
 * The doors for events. Bodies stay bytes: they are neither parsed, inflated nor checked here, because the collector
 * does so once, in a worker, and refuses record by record.
 */
export async function ingestRoutes(app: App, deps: RouteDeps & { bodyBytesMax: number }): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(contentTypes, { parseAs: 'buffer', bodyLimit: deps.bodyBytesMax }, (_request, body, done) =>
    done(null, body),
  );
  ingestRoute(app, deps, predictions);
  ingestRoute(app, deps, feedback);
}

type Door = { kind: EventKind; url: string; subject: 'Prediction' | 'Feedback'; body: TSchema };

const predictions: Door = {
  kind: 'prediction',
  url: '/api/v1/predictions',
  subject: 'Prediction',
  body: PredictionsBodySchema,
};
const feedback: Door = { kind: 'feedback', url: '/api/v1/feedback', subject: 'Feedback', body: FeedbackBodySchema };

function ingestRoute(app: App, deps: RouteDeps & { bodyBytesMax: number }, { kind, url, subject, body }: Door): void {
  app.route({
    method: 'POST',
    url,
    config: {
      action: 'ingest',
      subject,
      takesBytes: true,
      // Told to readers only: as the route's own body schema it would be checked here, on bytes.
      swaggerTransform: ({ schema, url: path }) => ({ schema: { ...schema, body }, url: path }),
    },
    // Content policies are for pages; here they would only cost time.
    helmet: false,
    bodyLimit: deps.bodyBytesMax,
    schema: {
      operationId: kind === 'prediction' ? 'sendPredictions' : 'sendFeedback',
      summary: `Send ${kind === 'prediction' ? 'predictions' : 'true labels and values'}; 202 means on disk, fsynced`,
      description:
        'One JSON object, an array, an envelope with `records`, columns, NDJSON, or an Arrow IPC stream; gzip or plain. ' +
        'Headers: `Idempotency-Key`, `x-plumbline-source`, and for records that omit them `x-plumbline-model` and ' +
        '`x-plumbline-model-version`.',
      tags: ['ingestion'],
      consumes: contentTypes.slice(0, 2),
      response: { 202: IngestReplySchema },
    },
    async handler(request, reply) {
      const { caller } = request;
      if (caller === null) throw new CodedError('UNAUTHENTICATED', 'Send a key as Authorization: Bearer.');
      return answer(request, reply, await deps.services.ingest(ingestRequestOf(kind, request, caller)));
    },
  });
}

function ingestRequestOf(kind: EventKind, request: FastifyRequest, { access }: Caller): IngestRequest {
  const { headers, body } = request;
  return {
    kind,
    body: body instanceof Uint8Array ? body : emptyBody,
    contentType: headers['content-type'] ?? 'application/json',
    contentEncoding: headers['content-encoding'] ?? null,
    source: headerText(headers, 'x-plumbline-source', 128) ?? access.id,
    idempotencyKey: headerText(headers, 'idempotency-key', 256),
    defaultModel: headerText(headers, modelHeader, nameBytesMax),
    defaultVersion: headerText(headers, 'x-plumbline-model-version', 256),
    allowedModels: access.models.length === 0 ? null : access.models,
  };
}

function answer(request: FastifyRequest, reply: FastifyReply, result: IngestResult): FastifyReply {
  if (result.status === 202) return reply.code(202).header('x-content-type-options', 'nosniff').send(result.reply);
  const { status, code, detail, retryAfterSeconds, reply: counts } = result;
  const title = isErrorCode(code) ? errorCatalogue[code].title : errorCatalogue.BAD_REQUEST.title;
  return sendProblem(request, reply, { status, title, code, detail, retryAfterSeconds, errors: counts?.errors });
}
