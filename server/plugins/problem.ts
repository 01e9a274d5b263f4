import { CodedError, errorCatalogue, type ErrorCode } from '../errors.ts';
import type { FastifyReply, FastifyRequest } from './app-types.ts';

export type ProblemError = { pointer: string; code: string; detail: string };

export type ProblemFields = {
  status: number;
  title: string;
  code: string;
  detail: string;
  retryAfterSeconds?: number | null;
  errors?: readonly ProblemError[];
};

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

export function problemOf(error: CodedError): ProblemFields {
  const { status, title } = errorCatalogue[error.code];
  const { code, message: detail, retryAfterSeconds } = error;
  return { status, title, code, detail, retryAfterSeconds };
}

/** Answers with RFC 9457 problem+json. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, fields: ProblemFields): FastifyReply {
  const { status, title, code, detail, retryAfterSeconds, errors } = fields;
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', Math.max(1, Math.ceil(retryAfterSeconds)));
  const body = {
    type: `/docs/errors/${code}`,
    title,
    status,
    detail,
    instance: request.url.split('?', 1)[0],
    code,
    requestId: request.id,
    errors,
  };
  // As text: content type and body are final, whatever the route's response schema says.
  return reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body));
}
