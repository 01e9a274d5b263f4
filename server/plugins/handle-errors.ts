import type { FastifyError } from 'fastify';
import { CodedError, errorCatalogue, type ErrorCode } from '../errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { App, FastifyReply, FastifyRequest } from './app-types.ts';
import { describeValidation } from './describe-validation.ts';
import { type ProblemFields, problemOf, sendProblem } from './problem.ts';

/** Turns whatever was thrown into a problem document. What the caller did not cause is logged, and told only by its id. */
export function handleErrors(app: App, logger: Logger): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, logger));
}

export function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): FastifyReply {
  const fields = fieldsOf(error);
  if (fields.status >= 500 && !(error instanceof CodedError))
    logger.error({ error, requestId: request.id, method: request.method, url: request.url }, 'a request failed');
  return sendProblem(request, reply, fields);
}

function fieldsOf(error: FastifyError): ProblemFields {
  if (error instanceof CodedError) return problemOf(error);
  if (error.validation !== undefined) {
    const { status, title } = errorCatalogue.VALIDATION_FAILED;
    const context = error.validationContext;
    const place = context === 'body' || context === 'querystring' || context === 'params' ? context : undefined;
    return { status, title, code: 'VALIDATION_FAILED', ...describeValidation(error.validation, place) };
  }
  const [code, detail] = meaningOf(error);
  return problemOf(new CodedError(code, detail));
}

/** fastify's own refusals, in our words. */
function meaningOf(error: FastifyError): [ErrorCode, string] {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return ['BODY_TOO_LARGE', 'The body is larger than this address takes. Send it in smaller parts.'];
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return ['UNSUPPORTED_CONTENT', 'This content type is not read here; the API description names those that are.'];
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return ['BAD_REQUEST', 'The body is empty; send a JSON object.'];
    case 'FST_ERR_MAX_PARAM_LENGTH':
    case 'FST_ERR_BAD_URL':
      return ['BAD_REQUEST', 'The address cannot be decoded. Percent-encode each part of the path once, as UTF-8.'];
  }
  if (error.statusCode === 400)
    return ['BAD_REQUEST', 'The body is not valid JSON, or its length is not as announced.'];
  if (error.statusCode === 403) return ['NOT_FOUND', 'There is no such file.'];
  if (error.statusCode === 404) return ['NOT_FOUND', 'There is nothing here.'];
  if (error.statusCode === 413) return ['BODY_TOO_LARGE', 'The body is larger than this address takes.'];
  return ['INTERNAL', 'Try again; if it stays, look for the request id in the log of the server.'];
}
