import { existsSync, readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startCollector } from '../../../collectors/collector.ts';
import { Segment } from '../../../collectors/journal/segment.ts';
import { encodeFrame } from '../../../collectors/journal/frame.ts';
import { collectorOptions, fakeSink, idsOf, request, scored, temporaryDirectory } from '../helpers/collector.ts';

const frame = (text: string) => {
  const header = { rows: 1, openedAt: 0, accounts: [], deadLetters: [], idempotency: [] };
  return encodeFrame(header, text.length, (target) => target.set(Buffer.from(text)));
};

const openSegment = (failpoint?: (name: string) => void) => {
  const directory = temporaryDirectory();
  return {
    directory,
    segment: new Segment({ directory, batchId: 'a'.repeat(32), kind: 'predictions', openedAt: 0, failpoint }),
  };
};

describe('a segment', () => {
  it('commits frames that arrive together with one fdatasync', async () => {
    const points: string[] = [];
    const { segment } = openSegment((name) => points.push(name));
    await Promise.all(['a', 'b', 'c'].map((text) => segment.append(frame(text), 1)));
    expect(points).toEqual(['before_journal_write', 'after_journal_write', 'after_fsync']);
    expect(await segment.seal(5)).toMatchObject({ rows: 3, sealedAt: 5, bytes: 3 * frame('a').byteLength });
  });

  it('has no file before its first frame, and leaves none when nothing came', async () => {
    const { directory, segment } = openSegment();
    expect(readdirSync(directory)).toEqual([]);
    expect(await segment.seal(0)).toBeNull();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('whose fdatasync failed keeps what was acknowledged, and takes nothing more', async () => {
    let shouldFail = false;
    const { segment } = openSegment((name) => {
      if (shouldFail && name === 'after_journal_write') throw new Error('EIO');
    });
    await segment.append(frame('kept'), 1);
    shouldFail = true;
    await expect(segment.append(frame('lost'), 1)).rejects.toMatchObject({ kind: 'failed' });
    shouldFail = false;
    await expect(segment.append(frame('later'), 1)).rejects.toMatchObject({ kind: 'failed' });
    const sealed = await segment.seal(0);
    expect(sealed).toMatchObject({ rows: 1, bytes: frame('kept').byteLength });
    expect(statSync(sealed?.path ?? '').size).toBe(frame('kept').byteLength);
  });

  it('whose fdatasync failed costs its requests a 503; the next ones go into a new segment', async () => {
    let failures = 0;
    const sink = fakeSink();
    const failpoint = (name: string) => {
      if (name === 'after_journal_write' && failures > 0 && failures-- > 0) throw new Error('EIO');
    };
    const collector = await startCollector(collectorOptions({ sink, failpoint, limits: { batchAgeMs: 60_000 } }));
    const timed = (id: string) => request([{ id, score: 0.5, time: '2026-01-01T00:00:00Z' }]);
    expect((await collector.accept(timed('a'))).status).toBe(202);
    failures = 1;
    const refused = await collector.accept(timed('b'));
    expect(refused).toMatchObject({ status: 503, code: 'JOURNAL_UNAVAILABLE', retryAfterSeconds: 1 });
    // The refused row was seen by the parser but never stored: sending it again is no duplicate.
    expect(await collector.accept(timed('b'))).toMatchObject({ status: 202, reply: { accepted: 1, duplicates: 0 } });
    await collector.flush();
    expect(idsOf(sink.delivered)).toEqual(['a', 'b']);
    expect(new Set(sink.offered).size).toBe(2);
    await collector.stop();
  });

  it('may lose its directory: requests are refused, and taken again once it is back', async () => {
    const options = collectorOptions({ journalDir: `${temporaryDirectory()}/deep/journal` });
    const collector = await startCollector(options);
    expect(existsSync(options.journalDir)).toBe(true);
    const { rmSync, mkdirSync } = await import('node:fs');
    rmSync(options.journalDir, { recursive: true });
    expect((await collector.accept(request(scored('a')))).status).toBe(503);
    mkdirSync(options.journalDir);
    expect((await collector.accept(request(scored('b')))).status).toBe(202);
    await collector.stop();
  });
});
