import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';

export const sessionCookieName = 'plumbline_session';
export const sessionSeconds = 12 * 3600;

const issuer = 'plumbline';
const audience = 'plumbline-session';
/** An explicit type keeps a token made for another purpose from being taken for a session (RFC 8725, 3.11). */
const type = 'session+jwt';
const clockToleranceSeconds = 5;

export type SessionClaims = { userId: string; sessionId: string; expiresAtMs: number };

/** Makes a session of twelve hours, signed with HS256. */
export function signSession(secret: string, userId: string): { token: string; claims: SessionClaims } {
  const sessionId = randomUUID();
  const token = jwt.sign({}, secret, {
    algorithm: 'HS256',
    header: { alg: 'HS256', typ: type },
    issuer,
    audience,
    subject: userId,
    jwtid: sessionId,
    expiresIn: sessionSeconds,
  });
  return { token, claims: { userId, sessionId, expiresAtMs: Date.now() + sessionSeconds * 1000 } };
}

/** What a cookie claims, or null. The reason of a refusal is never told: it would help only a forger. */
export function verifySession(secret: string, token: string): SessionClaims | null {
  try {
    const { header, payload } = jwt.verify(token, secret, {
      complete: true,
      algorithms: ['HS256'],
      issuer,
      audience,
      maxAge: sessionSeconds,
      clockTolerance: clockToleranceSeconds,
    });
    if (header.typ !== type || typeof payload === 'string') return null;
    const { sub, jti, exp, iat } = payload;
    if (typeof sub !== 'string' || typeof jti !== 'string' || typeof exp !== 'number' || typeof iat !== 'number')
      return null;
    // The library lets a token from the future pass.
    if (iat > Date.now() / 1000 + clockToleranceSeconds) return null;
    return { userId: sub, sessionId: jti, expiresAtMs: exp * 1000 };
  } catch {
    return null;
  }
}
