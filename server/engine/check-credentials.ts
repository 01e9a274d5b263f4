import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ENGINE_CODES, EngineException } from './engine-exception.ts';

export type Credentials = { username: string; password: string };

/** Throws what a ClickHouse server answers unless the request carries the expected user and password. */
export function checkCredentials(headers: IncomingHttpHeaders, search: URLSearchParams, expected: Credentials): void {
  const given = givenCredentials(headers, search);
  const isRight =
    given !== undefined && isSame(given.username, expected.username) && isSame(given.password, expected.password);
  if (isRight) return;
  const name = given?.username ?? 'default';
  const message = `${name}: Authentication failed: password is incorrect, or there is no user with such name.`;
  // Without any credentials the server asks for them, with wrong ones it refuses.
  const more = given === undefined ? { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="ClickHouse"' } } : {};
  throw new EngineException(ENGINE_CODES.AUTHENTICATION_FAILED, message, more);
}

function givenCredentials(headers: IncomingHttpHeaders, search: URLSearchParams): Credentials | undefined {
  const user = headers['x-clickhouse-user'];
  if (typeof user === 'string') {
    const key = headers['x-clickhouse-key'];
    return { username: user, password: typeof key === 'string' ? key : '' };
  }
  const basic = /^Basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(headers.authorization ?? '')?.[1];
  if (basic !== undefined) {
    const [, username, password] = /^([^:]*):?(.*)$/s.exec(Buffer.from(basic, 'base64').toString('utf8')) ?? [];
    return { username: username ?? '', password: password ?? '' };
  }
  const inUrl = search.get('user') ?? search.get('password');
  return inUrl === null
    ? undefined
    : { username: search.get('user') || 'default', password: search.get('password') ?? '' };
}

/** Hashing first makes the lengths equal, so that neither length nor content shows in the time it takes. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
