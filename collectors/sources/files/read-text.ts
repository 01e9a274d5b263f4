import { createReadStream } from 'node:fs';
import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';

export type TextSource = { path: string; bytesTotal: number; isGzip: boolean };

/** The bytes of a file, inflated where it is gzip, with a count of the bytes taken from disk. */
export function readBytes(source: TextSource): { stream: Readable; bytesRead(): number } {
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const file = createReadStream(source.path, { highWaterMark: 262_144 });
  // An error anywhere ends the last stream with that error; whoever reads it gets to see it.
  const passOn = (): void => undefined;
  const stream = source.isGzip ? pipeline(file, counter, createGunzip(), passOn) : pipeline(file, counter, passOn);
  return { stream, bytesRead: () => bytes };
}
