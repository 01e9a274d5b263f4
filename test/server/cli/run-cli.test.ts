import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkNode, checkPlatform, type Check } from '../../../server/cli/doctor.ts';
import { runCli } from '../../../server/cli/run-cli.ts';

async function plumbline(argv: string[], environment: Record<string, string> = {}) {
  let out = '';
  let err = '';
  const streams = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  };
  return { code: await runCli(argv, streams, environment), out, err };
}

test('version: words on stdout, or one object with --json', async () => {
  expect((await plumbline(['version'])).out).toMatch(/^plumbline \d+\.\d+\.\d+, node \d+/);
  expect(JSON.parse((await plumbline(['version', '--json'])).out)).toMatchObject({ node: process.versions.node });
});

test('config print: flags win over the environment, secrets are masked, each origin is named', async () => {
  const environment = { PLUMBLINE_PORT: '4701', PLUMBLINE_CLICKHOUSE_PASSWORD: 'hunter2' };
  const { out } = await plumbline(['config', 'print', '--json', '--port', '4702'], environment);
  const settings = JSON.parse(out) as { name: string; value: unknown; origin: string }[];
  expect(settings.find(({ name }) => name === 'port')).toMatchObject({ value: 4702, origin: 'flag' });
  expect(settings.find(({ name }) => name === 'clickhousePassword')).toMatchObject({ origin: 'environment' });
  expect(out).not.toContain('hunter2');
});

test('a setting that cannot be used is a usage error that says what would be right', async () => {
  const { code, err } = await plumbline(['config', 'print', '--port', 'x']);
  expect(code).toBe(2);
  expect(err).toMatch(/--port is x; it must be a whole number/);
});

test('help is not an error', async () => {
  const { code, out } = await plumbline(['--help']);
  expect(code).toBe(0);
  expect(out).toMatch(/import/);
});

test('doctor checks this machine and says what to do where a check fails', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-doctor-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const { code, out } = await plumbline(['doctor', '--json', '--data-dir', directory, '--port', '0']);
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Check[] };
  expect(checks.map(({ name }) => name)).toEqual([
    'node',
    'platform',
    'memory',
    'data directory',
    'disk',
    'port',
    'engine',
  ]);
  expect(code).toBe(ok ? 0 : 1);
  expect(checkNode('20.20.2')).toMatchObject({ status: 'failed', detail: expect.stringMatching(/install Node 24/) });
  expect(checkNode('22.18.0').status).toBe('ok');
  expect(checkPlatform('win32', 'x64')).toMatchObject({ status: 'failed', detail: expect.stringMatching(/WSL/) });
});
