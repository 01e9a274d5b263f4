import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startCollector } from '../../collectors/collector.ts';
import { collectorOptions, fakeSink, idsOf, recordingLogger, request, scored } from './helpers/collector.ts';

const mounted: string[] = [];
afterEach(() => {
  for (const directory of mounted.splice(0)) execFileSync('umount', [directory]);
});

/** A file system of 1 MiB, or null where we may not mount one. */
function smallDisk(): string | null {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory], { stdio: 'pipe' });
  } catch {
    return null;
  }
  mounted.push(directory);
  return directory;
}

describe('a full disk', () => {
  it('answers 507, never 202; loses nothing; accepts again without a restart once there is room', async (context) => {
    const journalDir = smallDisk();
    if (journalDir === null) return context.skip('needs the right to mount a tmpfs (root)');
    const sink = fakeSink();
    sink.failure = new Error('storage is away');
    const logger = recordingLogger();
    const collector = await startCollector(collectorOptions({ journalDir, sink, logger, limits: { batchAgeMs: 50 } }));
    const acknowledged: string[] = [];
    const send = async (id: string, bytes = 20_000) => {
      const records = [
        {
          id,
          score: 0.5,
          features: Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, name.repeat(bytes / 5)])),
        },
      ];
      const result = await collector.accept(request(records));
      if (result.status === 202) acknowledged.push(id);
      return result;
    };
    let full = null;
    for (let i = 0; i < 200 && full === null; i++) {
      const result = await send(`p${i}`);
      if (result.status !== 202) full = result;
    }
    expect(full).toMatchObject({ status: 507, code: 'DISK_FULL', retryAfterSeconds: expect.any(Number) });
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1);

    // What still fits goes in behind the torn frame: the file was left valid.
    for (let i = 0; i < 20; i++) await send(`small${i}`, 50);
    sink.failure = null;
    await collector.flush();
    expect((await send('after')).status).toBe(202);
    await collector.flush();
    expect(idsOf(sink.delivered)).toEqual(acknowledged);
    expect(collector.stats().journalBytes).toBe(0);
    await collector.stop();
  });

  it('that somebody else filled before the first frame answers 507 and heals', async (context) => {
    const journalDir = smallDisk();
    if (journalDir === null) return context.skip('needs the right to mount a tmpfs (root)');
    const sink = fakeSink();
    const collector = await startCollector(collectorOptions({ journalDir, sink }));
    try {
      writeFileSync(join(journalDir, 'ballast'), Buffer.alloc(2 * 1024 * 1024));
    } catch {
      // It is full now, which is what we want.
    }
    expect((await collector.accept(request(scored('a')))).status).toBe(507);
    rmSync(join(journalDir, 'ballast'));
    expect((await collector.accept(request(scored('b')))).status).toBe(202);
    await collector.flush();
    expect(idsOf(sink.delivered)).toEqual(['b']);
    await collector.stop();
  });
});
