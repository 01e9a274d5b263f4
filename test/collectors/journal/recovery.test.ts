import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCollector } from '../../../collectors/collector.ts';
import { scanFrames } from '../../../collectors/journal/frame.ts';
import { recoverSegments } from '../../../collectors/journal/recover-segments.ts';
import { fakeSchemaSource } from '../fakes/fake-schema-source.ts';
import {
  collectorOptions,
  fakeSink,
  idsOf,
  recordingLogger,
  request,
  scored,
  temporaryDirectory,
} from '../helpers/collector.ts';

/** A journal with one segment of three frames whose batch was never delivered, as a crash leaves it. */
async function abandonedJournal() {
  const sink = fakeSink();
  sink.failure = new Error('storage is away');
  const options = collectorOptions({ sink, limits: { batchAgeMs: 60_000 } });
  const collector = await startCollector(options);
  for (const id of ['a', 'b', 'c']) await collector.accept(request(scored(id), { idempotencyKey: id }));
  const files = readdirSync(options.journalDir);
  const directory = temporaryDirectory();
  for (const file of files) copyFileSync(join(options.journalDir, file), join(directory, file));
  await collector.stop();
  expect(files).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.predictions\.open$/)]);
  return { directory, file: files[0] };
}

const restart = async (journalDir: string) => {
  const sink = fakeSink();
  const logger = recordingLogger();
  const collector = await startCollector(collectorOptions({ journalDir, sink, logger, schema: fakeSchemaSource() }));
  await collector.flush();
  return { collector, sink, logger };
};

describe('recovery', () => {
  it('delivers what an earlier run acknowledged, under the same batch id, then removes it', async () => {
    const { directory, file } = await abandonedJournal();
    const { collector, sink } = await restart(directory);
    expect(idsOf(sink.delivered)).toEqual(['a', 'b', 'c']);
    expect(sink.delivered[0].batch.id).toBe(file.slice(0, 32));
    expect(collector.stats()).toMatchObject({ recoveredBatches: 1, cutSegments: 0, journalBytes: 0 });
    await collector.stop();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('gives the same bytes as delivery without a crash would have', async () => {
    const { directory, file } = await abandonedJournal();
    const copy = temporaryDirectory();
    copyFileSync(join(directory, file), join(copy, file));
    const bodies = await Promise.all([restart(directory), restart(copy)]);
    expect(Buffer.compare(bodies[0].sink.delivered[0].body, bodies[1].sink.delivered[0].body)).toBe(0);
    await Promise.all(bodies.map(({ collector }) => collector.stop()));
  });

  it('cuts a tail that was torn or corrupted at any byte of the last frame, with a warning and a count', async () => {
    const { directory, file } = await abandonedJournal();
    const whole = readFileSync(join(directory, file));
    const lastFrame = scanFrames(whole).frames[2];
    const soundBytes = whole.length - lastFrame.byteLength - 8;
    const now = () => 0;
    for (let at = soundBytes + 1; at < whole.length; at++) {
      // Every kind of damage at every byte is tried without a disk in the test of frames.
      for (const isTorn of at % 5 === 0 ? [true, false] : [true]) {
        const damaged = Buffer.from(isTorn ? whole.subarray(0, at) : whole);
        if (!isTorn) damaged[at] ^= 0x10;
        const scratch = join(directory, 'scratch');
        rmSync(scratch, { recursive: true, force: true });
        mkdirSync(scratch);
        writeFileSync(join(scratch, file), damaged);
        const logger = recordingLogger();
        const { segments, cutSegments, idempotency } = await recoverSegments(scratch, logger, now);
        expect({ cutSegments, rows: segments[0].rows, bytes: segments[0].bytes }).toEqual({
          cutSegments: 1,
          rows: 2,
          bytes: soundBytes,
        });
        expect(idempotency.map(({ key }) => key)).toEqual(['test/a', 'test/b']);
        expect(statSync(segments[0].path).size).toBe(soundBytes);
        expect(logger.lines.map(({ level }) => level)).toEqual(['warn']);
      }
    }
  }, 60_000);

  it('drops a segment whose first frame is torn, and leaves files alone that are none of its own', async () => {
    const { directory, file } = await abandonedJournal();
    truncateSync(join(directory, file), 5);
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    const { collector, sink } = await restart(directory);
    expect(sink.delivered).toHaveLength(0);
    expect(readdirSync(directory)).toEqual(['notes.txt']);
    await collector.stop();
  });

  it('delivers recovered batches in the order of ids, before anything new', async () => {
    const { directory, file } = await abandonedJournal();
    const older = `0${'0'.repeat(31)}.predictions.sealed`;
    copyFileSync(join(directory, file), join(directory, older));
    const sink = fakeSink();
    const collector = await startCollector(collectorOptions({ journalDir: directory, sink }));
    await collector.accept(request(scored('new')));
    await collector.flush();
    expect(sink.offered.slice(0, 2)).toEqual([older.slice(0, 32), file.slice(0, 32)]);
    expect(idsOf(sink.delivered).at(-1)).toBe('new');
    await collector.stop();
  });

  it('remembers the answers of idempotency keys', async () => {
    const { directory } = await abandonedJournal();
    const { collector, sink } = await restart(directory);
    const again = await collector.accept(request(scored('a'), { idempotencyKey: 'a' }));
    expect(again).toMatchObject({ status: 202, reply: { accepted: 1, batchId: sink.delivered[0].batch.id } });
    expect((await collector.accept(request(scored('z'), { idempotencyKey: 'a' }))).status).toBe(409);
    await collector.stop();
    expect(idsOf(sink.delivered)).toEqual(['a', 'b', 'c']);
  });
});
