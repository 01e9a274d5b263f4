import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveEnvelope, ModelDelta } from '../../../server/sockets/events.ts';
import { roomsPerSocketMax } from '../../../server/sockets/follow-rooms.ts';
import { fleetRow, keys } from '../../fakes/fake-services.ts';
import { type LiveApp, liveApp, type LiveClient, subscribe } from './live-clients.ts';

let live: LiveApp;
beforeEach(async () => {
  live = await liveApp();
});
afterEach(() => live.stop());

const delta = (model: string): ModelDelta => ({
  model,
  row: fleetRow(model),
  changed: null,
  outcomesChanged: false,
});
const next = <T>(client: LiveClient, event: 'fleet' | 'model' | 'ingest'): Promise<T> =>
  new Promise((resolve) => client.once(event, resolve as never));
const ingestDelta = { acceptedPerSecond: 1, rejectedPerSecond: 0, pendingBatches: 0, engine: 'ready' };

describe('subscribing', () => {
  it('answers from which number it follows, so that a gap shows', async () => {
    const client = await live.connected({ auth: { key: keys.read } });
    live.hub.publishFleet([]);
    expect(await subscribe(client, 'fleet')).toEqual({ ok: true, seq: 1, epoch: 'e1' });
    const message = next<LiveEnvelope<unknown>>(client, 'fleet');
    live.hub.publishFleet([fleetRow('churn')]);
    expect(await message).toMatchObject({ seq: 2, epoch: 'e1', values: [{ model: 'churn' }] });
  });

  it('brings every message of one tick, in order', async () => {
    const client = await live.connected({ auth: { key: keys.read } });
    await subscribe(client, 'fleet');
    await subscribe(client, 'model:churn');
    await subscribe(client, 'ingest');
    const all = Promise.all([next(client, 'fleet'), next(client, 'model'), next(client, 'ingest')]);
    live.hub.publishFleet([]);
    live.hub.publishModel(delta('churn'));
    live.hub.publishIngest(ingestDelta);
    expect(await all).toHaveLength(3);
  });

  it('brings nothing of other rooms, and nothing after leaving', async () => {
    const client = await live.connected({ auth: { key: keys.read } });
    const heard: string[] = [];
    client.onAny((event: string, message: LiveEnvelope<ModelDelta>) => heard.push(`${event}:${message.values.model}`));
    await subscribe(client, 'model:churn');
    live.hub.publishModel(delta('credit-risk'));
    live.hub.publishModel(delta('churn'));
    await setTimeout(100);
    client.emit('unsubscribe', 'model:churn');
    await setTimeout(100);
    live.hub.publishModel(delta('churn'));
    await setTimeout(100);
    expect(heard).toEqual(['model:churn']);
  });

  it.each<[string, keyof typeof keys, string, string | null]>([
    ['an unlimited key follows the fleet', 'read', 'fleet', null],
    ['an unlimited key follows the ingest', 'read', 'ingest', null],
    ['a limited key follows its model', 'readLimited', 'model:credit-risk', null],
    ['a limited key does not follow another', 'readLimited', 'model:churn', 'MODEL_NOT_FOUND'],
    ['a limited key does not follow the fleet', 'readLimited', 'fleet', 'FORBIDDEN'],
    ['a limited key does not follow the ingest', 'readLimited', 'ingest', 'FORBIDDEN'],
    ['an ingest key follows no fleet', 'ingest', 'fleet', 'FORBIDDEN'],
    ['an ingest key follows no model', 'ingest', 'model:churn', 'MODEL_NOT_FOUND'],
    ['nobody follows a model that does not exist', 'admin', 'model:none', 'MODEL_NOT_FOUND'],
    ['nobody follows a room that does not exist', 'admin', 'alerts', 'NOT_FOUND'],
    ['nobody follows a room without a name', 'admin', '', 'NOT_FOUND'],
    ['nobody follows a very long name', 'admin', `model:${'x'.repeat(400)}`, 'NOT_FOUND'],
  ])('%s', async (_what, key, room, code) => {
    const client = await live.connected({ auth: { key: keys[key] } });
    const answer = await subscribe(client, room);
    expect(answer).toEqual(code === null ? { ok: true, seq: 0, epoch: 'e1' } : { ok: false, code });
  });

  it('does not open another socket by its id, which is a room of the library', async () => {
    const [client, other] = await Promise.all([
      live.connected({ auth: { key: keys.admin } }),
      live.connected({ auth: { key: keys.admin } }),
    ]);
    expect(await subscribe(client, other.id ?? '')).toEqual({ ok: false, code: 'NOT_FOUND' });
  });

  it('ends at a number of rooms; leaving one makes room', async () => {
    for (let i = 0; i <= roomsPerSocketMax; i++) live.models.add(`m${i}`);
    const client = await live.connected({ auth: { key: keys.read } });
    for (let i = 0; i < roomsPerSocketMax; i++)
      expect(await subscribe(client, `model:m${i}`)).toMatchObject({ ok: true });
    const more = `model:m${roomsPerSocketMax}`;
    expect(await subscribe(client, more)).toEqual({ ok: false, code: 'TOO_MANY_ROOMS' });
    expect(await subscribe(client, 'model:m0')).toMatchObject({ ok: true });
    client.emit('unsubscribe', 'model:m0');
    expect(await subscribe(client, more)).toMatchObject({ ok: true });
  });
});
