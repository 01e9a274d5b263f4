import { describe, expect, it } from 'vitest';
import { checkCredentials } from '../../../server/engine/check-credentials.ts';

const expected = { username: 'plumbline', password: 'se:cret' };
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const check = (headers: Record<string, string>, search = '') =>
  checkCredentials(headers, new URLSearchParams(search), expected);

describe('checkCredentials', () => {
  it('takes Basic, the X-ClickHouse headers and the query string', () => {
    check(basic('plumbline:se:cret'));
    check({ 'x-clickhouse-user': 'plumbline', 'x-clickhouse-key': 'se:cret' });
    check({}, 'user=plumbline&password=se%3Acret');
  });

  it.each([
    [basic('plumbline:wrong'), ''],
    [basic('plumbline'), ''],
    [basic('default:se:cret'), ''],
    [{ 'x-clickhouse-user': 'plumbline' }, ''],
    [{ 'x-clickhouse-user': 'plumbline', 'x-clickhouse-key': '' }, 'password=se%3Acret'],
    [{}, 'password=se%3Acret'],
    [{}, 'user=plumbline'],
  ] as [Record<string, string>, string][])('refuses %j with %j', (headers, search) => {
    expect(() => check(headers, search)).toThrow(expect.objectContaining({ code: 516, status: 403 }));
  });

  it('asks for credentials when there are none', () => {
    expect(() => check({})).toThrow(
      expect.objectContaining({ code: 516, status: 401, headers: { 'WWW-Authenticate': expect.any(String) } }),
    );
  });
});
