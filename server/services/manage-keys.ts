import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { KeyView } from '../app-deps.ts';
import type { Actor } from '../domain/governance-event.ts';
import type { ServiceKey } from '../domain/governance-state.ts';
import { CodedError } from '../errors.ts';
import type { Act, Governance } from './governance.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `pl_` + 30 base62 digits (178 bit) + 6 digits of CRC32: a mistyped key is told apart from a wrong one without a look-up. */
function newKeyText(): string {
  let digits = '';
  while (digits.length < 30) {
    const [byte] = randomBytes(1);
    if (byte < 248) digits += alphabet[byte % 62];
  }
  return `pl_${digits}${checksum(digits)}`;
}

function checksum(digits: string): string {
  let rest = crc32(digits);
  let text = '';
  for (let i = 0; i < 6; i++) {
    text = alphabet[rest % 62] + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex');

export type NewKey = { name: string; scopes: string[]; models?: string[] };

/** Makes a service key. The text is returned once; only its digest is kept. */
export async function createKey(governance: Governance, act: Act, request: NewKey): Promise<KeyView & { key: string }> {
  const key = newKeyText();
  const id = key.slice(0, 11);
  const { name, scopes, models = [] } = request;
  const state = await governance.change(act, () => [
    { type: 'key.created', key: id, name, digest: digestOf(key), scopes, models },
  ]);
  const record = state.keys.get(id);
  if (record === undefined) throw new Error('the key that was just created is not in the state');
  return { ...keyView(record), key };
}

export function keyView(key: ServiceKey): KeyView {
  const { id, name, scopes, models, createdAt, revokedAt } = key;
  return { id, name, prefix: id, scopes, models, createdAt, revokedAt };
}

/** @throws CodedError KEY_NOT_FOUND */
export async function revokeKey(governance: Governance, act: Act, id: string, reason: string): Promise<KeyView> {
  const state = await governance.change(act, (current) => {
    const key = current.keys.get(id);
    if (key === undefined) throw new CodedError('KEY_NOT_FOUND', `There is no key ${id}. GET /api/v1/keys lists them.`);
    return key.revokedAt === null ? [{ type: 'key.revoked', key: id, reason }] : [];
  });
  const key = state.keys.get(id);
  if (key === undefined) throw new CodedError('KEY_NOT_FOUND', `There is no key ${id}.`);
  return keyView(key);
}

export type KeyIdentity = { actor: Actor; scopes: readonly string[]; models: readonly string[] };

/** Who holds this key? null for a key that is unknown, mistyped or revoked. Compares digests in constant time. */
export function authenticateKey(governance: Governance, text: string): KeyIdentity | null {
  if (text.length !== 39 || !text.startsWith('pl_')) return null;
  const record = governance.state().keys.get(text.slice(0, 11));
  if (record === undefined || record.revokedAt !== null) return null;
  const isSame = timingSafeEqual(Buffer.from(digestOf(text), 'hex'), Buffer.from(record.digest, 'hex'));
  return isSame ? { actor: { kind: 'key', id: record.id }, scopes: record.scopes, models: record.models } : null;
}
