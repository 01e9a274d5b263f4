import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyEntry, emptyGovernanceState } from '../../../server/domain/governance-state.ts';
import { openGovernanceFile } from '../../../server/stores/governance-file.ts';
import { extensionEvents } from '../../../server/services/extend-schema.ts';
import { startGovernance, systemAct } from '../../../server/services/governance.ts';
import type { SchemaProposal } from '../../../server/ports/schema-source.ts';
import { quiet } from '../../helpers/core-on-disk.ts';
import { referenceCreated, registered } from '../../helpers/governance-events.ts';
import { memoryLog } from '../../helpers/memory-log.ts';

const clock = { now: () => Date.UTC(2026, 0, 1), monotonicMs: () => 0 };
const proposal = (model: string, extra: Partial<SchemaProposal> = {}): SchemaProposal => ({
  model,
  inferred: null,
  features: [],
  segments: [],
  sensitiveFeatures: [],
  classes: [],
  versions: [],
  ...extra,
});

describe('governance state', () => {
  it('is the fold of the entries: a restart arrives at the same state', async () => {
    const log = memoryLog();
    const governance = await startGovernance(log, clock);
    await governance.change(systemAct, () => [registered('m'), referenceCreated('m', 'a'), referenceCreated('m', 'b')]);
    await governance.change(systemAct, () => [
      { type: 'reference.ready', model: 'm', reference: 'a' },
      { type: 'reference.ready', model: 'm', reference: 'b' },
      { type: 'model.changed', model: 'm', changes: { threshold: 0.7 } },
      { type: 'version.seen', model: 'm', version: '2' },
    ]);
    const again = await startGovernance(log, clock);
    expect(again.state()).toEqual(governance.state());
    expect(log.entries.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(
      again
        .state()
        .references.get('m')
        ?.map(({ id, status }) => [id, status]),
    ).toEqual([
      ['a', 'superseded'],
      ['b', 'ready'],
    ]);
    expect(again.state().models.get('m')).toMatchObject({ threshold: 0.7, revision: 5 });
  });

  it('a failed reference leaves the one in force in its place', async () => {
    const governance = await startGovernance(memoryLog(), clock);
    await governance.change(systemAct, () => [
      registered('m'),
      referenceCreated('m', 'a'),
      { type: 'reference.ready', model: 'm', reference: 'a' },
      referenceCreated('m', 'b'),
      { type: 'reference.failed', model: 'm', reference: 'b', reason: 'why' },
    ]);
    const statuses = governance
      .state()
      .references.get('m')
      ?.map(({ status, failure }) => [status, failure]);
    expect(statuses).toEqual([
      ['ready', null],
      ['failed', 'why'],
    ]);
  });

  it('does not change when the entry cannot be written, and the next change takes its place', async () => {
    const log = memoryLog();
    const governance = await startGovernance(log, clock);
    log.failure = new Error('disk full');
    await expect(governance.change(systemAct, () => [registered('m')])).rejects.toThrow('disk full');
    expect(governance.state().size).toBe(0);
    log.failure = null;
    await governance.change(systemAct, () => [registered('n')]);
    expect([...governance.state().models.keys()]).toEqual(['n']);
    expect(log.entries.map(({ index }) => index)).toEqual([0]);
  });

  it('decides one change after the other: each sees what the one before it made', async () => {
    const governance = await startGovernance(memoryLog(), clock);
    const propose = () => governance.change(systemAct, (state) => (state.models.has('m') ? [] : [registered('m')]));
    await Promise.all([propose(), propose(), propose()]);
    expect(governance.state().size).toBe(1);
  });

  it('refuses an entry that leaves a gap', () => {
    const entry = { version: 1 as const, index: 1, time: '', ...systemAct, event: registered('m') };
    expect(() => applyEntry(emptyGovernanceState, entry)).toThrow(/does not follow/);
  });
});

describe('extending a schema', () => {
  it('appends features behind the known ones, each with a place of its own for ever', async () => {
    const governance = await startGovernance(memoryLog(), clock);
    const extend = (names: [string, 'numeric' | 'categorical' | 'boolean'][]) =>
      governance.change(systemAct, (state) =>
        extensionEvents(state, [proposal('m', { features: names.map(([name, kind]) => ({ name, kind })) })]),
      );
    await governance.change(systemAct, () => [registered('m')]);
    await extend([
      ['a', 'numeric'],
      ['b', 'categorical'],
      ['c', 'boolean'],
    ]);
    await extend([
      ['b', 'categorical'],
      ['d', 'numeric'],
      ['e', 'boolean'],
    ]);
    const features = governance.state().models.get('m')?.features ?? [];
    expect(features.map(({ name, ordinal, position }) => [name, ordinal, position])).toEqual([
      ['a', 0, 0],
      ['b', 1, 0],
      ['c', 2, 1],
      ['d', 3, 1],
      ['e', 4, 2],
    ]);
  });

  it('proposals of names that are known give no event at all', async () => {
    const governance = await startGovernance(memoryLog(), clock);
    const same = proposal('m', { segments: ['s', 's'], classes: ['x'], versions: ['1', '1'] });
    await governance.change(systemAct, () => [registered('m')]);
    await governance.change(systemAct, (state) => extensionEvents(state, [same]));
    expect(extensionEvents(governance.state(), [same])).toEqual([]);
    expect(governance.state().models.get('m')).toMatchObject({ segments: ['s'], classes: ['x'] });
    expect(governance.state().versions.get('m')).toHaveLength(1);
  });
});

describe('the governance file', () => {
  let directory: string;
  let path: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'plumbline-governance-'));
    path = join(directory, 'governance', 'entries.jsonl');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  async function withTwoModels(): Promise<void> {
    const log = await openGovernanceFile(path, quiet);
    const governance = await startGovernance(log, clock);
    await governance.change(systemAct, () => [registered('m')]);
    await governance.change(systemAct, () => [registered('ünï 🌍')]);
    await log.close();
  }

  async function modelsIn(): Promise<string[]> {
    const log = await openGovernanceFile(path, quiet);
    try {
      return [...(await startGovernance(log, clock)).state().models.keys()];
    } finally {
      await log.close();
    }
  }

  it('keeps what was appended over a restart', async () => {
    await withTwoModels();
    expect(await modelsIn()).toEqual(['m', 'ünï 🌍']);
  });

  it('cuts an entry that a crash tore, at every byte, and goes on behind the last whole one', async () => {
    await withTwoModels();
    const whole = readFileSync(path);
    const secondStart = whole.indexOf(0x0a) + 1;
    for (let end = secondStart; end < whole.length; end += 37) {
      writeFileSync(path, whole.subarray(0, end));
      expect(await modelsIn()).toEqual(['m']);
      expect(readFileSync(path).length).toBe(secondStart);
    }
    const log = await openGovernanceFile(path, quiet);
    const governance = await startGovernance(log, clock);
    await governance.change(systemAct, () => [registered('after')]);
    await log.close();
    expect(await modelsIn()).toEqual(['m', 'after']);
  });

  it('refuses to start on any other damage, names the line, and changes nothing', async () => {
    await withTwoModels();
    const lines = readFileSync(path, 'utf8').split('\n');
    for (const damaged of [
      ['{"broken', lines[1], ''],
      [lines[1], lines[0], ''],
      [lines[0], lines[0], ''],
      [lines[0], '', lines[1], ''],
    ]) {
      writeFileSync(path, damaged.join('\n'));
      await expect(modelsIn()).rejects.toThrow(/damaged at line [12]: restore the file from a backup/);
      expect(readFileSync(path, 'utf8')).toBe(damaged.join('\n'));
    }
  });

  it('takes garbage after the last line for a torn entry only when no line end follows', async () => {
    await withTwoModels();
    appendFileSync(path, 'garbage\n');
    await expect(modelsIn()).rejects.toThrow(/damaged at line 3/);
  });
});
