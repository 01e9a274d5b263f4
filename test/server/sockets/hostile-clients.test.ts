import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fleetRow, keys } from '../../fakes/fake-services.ts';
import { rawRequest } from '../app/raw-request.ts';
import { type LiveApp, liveApp, subscribe } from './live-clients.ts';

let live: LiveApp;
beforeEach(async () => {
  live = await liveApp();
});
afterEach(() => live.stop());

const upgrade = (path: string, headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${live.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`;
const path = '/socket.io/?EIO=4&transport=websocket';

/** A text frame of a client, masked with zeros so that the bytes stay readable. */
function frame(payload: string | Buffer, opcode = 0x81): Buffer {
  const body = Buffer.from(payload);
  const head = Buffer.alloc(body.length < 126 ? 2 : body.length < 65_536 ? 4 : 10);
  head[0] = opcode;
  if (body.length < 126) head[1] = 0x80 | body.length;
  else if (body.length < 65_536) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(body.length, 2);
  } else {
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(body.length), 2);
  }
  return Buffer.concat([head, Buffer.alloc(4), body]);
}

async function rawSocket(key: string | null = keys.read): Promise<Socket> {
  const socket = connect(live.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(upgrade(path));
  await new Promise((resolve) => socket.once('data', resolve));
  if (key !== null) {
    socket.write(frame(`40${JSON.stringify({ key })}`));
    await setTimeout(50);
  }
  return socket;
}

/** Whatever happened: a newcomer is still served, live and by HTTP. */
async function expectAlive(): Promise<void> {
  const client = await live.connected({ auth: { key: keys.read } });
  expect(await subscribe(client, 'fleet')).toMatchObject({ ok: true });
  expect((await fetch(`http://127.0.0.1:${live.port}/healthz`)).status).toBe(200);
  client.disconnect();
}

describe('the server lives on after', () => {
  it.each<[string, (string | Buffer)[]]>([
    ['an event name that is an object', ['42[{"toString":"foo"}]']],
    ['an event name that is a number or nothing', ['42[1]', '42[null]', '42[]', '42']],
    ['reserved event names', ['42["connect"]', '42["disconnect"]', '42["error",{}]', '42["newListener"]']],
    ['members of prototypes as names', ['42["__proto__","x"]', '42["constructor"]', '42["hasOwnProperty"]']],
    ['subscriptions without an answer', ['42["subscribe","fleet"]', '42["subscribe"]', '42["subscribe",{"a":1},2,3]']],
    [
      'rooms that are no text',
      ['421["subscribe",{"toString":"x"}]', '422["subscribe",null]', '423["unsubscribe",[1]]'],
    ],
    ['answers to nothing', ['431[]', '43-1[]', '43999999999999999999[]']],
    ['binary events without their attachments', ['451-["subscribe",{"_placeholder":true,"num":0}]', '451-["x"]']],
    ['attachments out of range', ['451-["x",{"_placeholder":true,"num":"splice"}]', Buffer.from([1, 2])]],
    ['a promise of countless attachments', ['4599999999-["x",{"_placeholder":true,"num":0}]', '45-1-["x"]']],
    ['broken JSON', ['42["subscribe"', '42[[[[[[', '4', '', '4a', '47', '99']],
    ['deep JSON', [`42["subscribe",${'['.repeat(20_000)}${']'.repeat(20_000)}]`]],
    ['another namespace', ['40/admin,', '40/__proto__,{}', '42/admin,["x"]']],
    ['a connect that is no object', ['40', '40[]', '40"x"', '40{"key":']],
    ['engine packets of the wrong kind', ['0{}', '1', '2probe', '3', '5', '6']],
  ])('%s', async (_what, packets) => {
    for (const key of [null, keys.read]) {
      const socket = await rawSocket(key);
      for (const packet of packets) socket.write(frame(packet, typeof packet === 'string' ? 0x81 : 0x82));
      await setTimeout(30);
      socket.destroy();
    }
    await expectAlive();
  });

  it.each<[string, () => string]>([
    ['another version of the protocol', () => upgrade('/socket.io/?EIO=3&transport=websocket')],
    ['another transport', () => upgrade('/socket.io/?EIO=4&transport=webtransport')],
    ['a session that does not exist', () => upgrade(`${path}&sid=${'x'.repeat(2000)}`)],
    ['an sid from a prototype', () => upgrade(`${path}&sid=__proto__`)],
    ['another path', () => upgrade('/elsewhere')],
    ['no version', () => upgrade(path).replace('Sec-WebSocket-Version: 13\r\n', '')],
    ['no key', () => upgrade(path).replace(/Sec-WebSocket-Key: .*\r\n/, '')],
    ['another protocol', () => upgrade(path).replace('Upgrade: websocket', 'Upgrade: h2c')],
    ['extensions without an end', () => upgrade(path, `Sec-WebSocket-Extensions: ${'a;'.repeat(4000)}\r\n`)],
    ['an address that is none', () => upgrade('//[::')],
  ])('an upgrade with %s', async (_what, request) => {
    expect(await rawRequest(live.port, request(), 500)).not.toMatch(/^HTTP\/1\.1 5\d\d/);
    await expectAlive();
  });

  it('a connection that is cut in the middle of an upgrade', async () => {
    for (const end of ['destroy', 'resetAndDestroy'] as const) {
      const socket = connect(live.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(upgrade(path), () => socket[end]());
    }
    await setTimeout(100);
    await expectAlive();
  });

  it('a message over the limit, which closes its connection only', async () => {
    const socket = await rawSocket();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume().write(frame(`42["subscribe","${'x'.repeat(70_000)}"]`));
    await closed;
    await expectAlive();
  });

  it('a flood of binary attachments', async () => {
    const socket = await rawSocket();
    socket.resume();
    socket.write(frame('4510-["x",{"_placeholder":true,"num":0}]'));
    const attachment = frame(randomBytes(60_000), 0x82);
    for (let i = 0; i < 200; i++) socket.write(attachment);
    await setTimeout(200);
    socket.destroy();
    await expectAlive();
  });
});

describe('a client that does not read', () => {
  const fat = Array.from({ length: 400 }, (_, i) => fleetRow(`model-${i}-${'x'.repeat(400)}`));
  const rss = () => process.memoryUsage().rss / 1024 / 1024;

  it('costs a bounded amount of memory, and the others miss nothing', { timeout: 60_000 }, async () => {
    const paused = await rawSocket();
    paused.write(frame('420["subscribe","fleet"]'));
    await setTimeout(100);
    paused.pause();
    const reader = await live.connected({ auth: { key: keys.read } });
    await subscribe(reader, 'fleet');
    let heard = 0;
    reader.on('fleet', () => heard++);
    const published = 800;
    for (let i = 0; i < 100; i++) {
      live.hub.publishFleet(fat);
      await setTimeout(2);
    }
    const before = rss();
    for (let i = 100; i < published; i++) {
      live.hub.publishFleet(fat);
      await setTimeout(2);
    }
    const mebibytesSent = (published * JSON.stringify(fat).length) / 1024 / 1024;
    expect(mebibytesSent).toBeGreaterThan(200);
    expect(rss() - before).toBeLessThan(80);
    await setTimeout(500);
    expect(heard).toBeGreaterThan(published * 0.95);
    paused.destroy();
  });

  it('is cut off when it asks on and on without reading the answers', { timeout: 60_000 }, async () => {
    const socket = await rawSocket();
    socket.pause();
    const room = `model:${'x'.repeat(200)}`;
    const asks = Buffer.concat(Array.from({ length: 2000 }, (_, i) => frame(`42${i}["subscribe","${room}"]`)));
    for (let i = 0; i < 60 && socket.writable; i++) {
      socket.write(asks);
      await setTimeout(20);
    }
    const answered = live.callsOf('readModel').length;
    expect(answered).toBeGreaterThan(0);
    if (socket.writable) socket.write(asks);
    await setTimeout(300);
    expect(live.callsOf('readModel')).toHaveLength(answered);
    socket.destroy();
    await expectAlive();
  });
});
