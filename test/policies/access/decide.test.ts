import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessActions, accessRules, accessSubjects } from '../../../policies/access/access-rules.ts';
import { type AccessActor, decide } from '../../../policies/access/decide.ts';

const key = (scopes: string[], models: string[] = []): AccessActor => ({ kind: 'key', id: 'k', scopes, models });
const admin: AccessActor = { kind: 'user', id: 'admin', scopes: [], models: [] };

describe('decide', () => {
  it.each<
    [string, AccessActor, Parameters<typeof decide>[1], Parameters<typeof decide>[2], string | undefined, string]
  >([
    ['admin changes a model', admin, 'change', 'Model', 'a', 'allow-rule'],
    ['admin makes keys', admin, 'create', 'Key', undefined, 'allow-rule'],
    ['ingest key sends predictions', key(['ingest']), 'ingest', 'Prediction', undefined, 'allow-rule'],
    ['ingest key sends feedback of its model', key(['ingest'], ['a']), 'ingest', 'Feedback', 'a', 'allow-rule'],
    [
      'limited ingest key may leave models to the records',
      key(['ingest'], ['a']),
      'ingest',
      'Prediction',
      undefined,
      'allow-rule',
    ],
    ['ingest key sends for a foreign model', key(['ingest'], ['a']), 'ingest', 'Prediction', 'b', 'condition-failed'],
    ['ingest key reads a model', key(['ingest']), 'read', 'Model', 'a', 'scope-missing'],
    ['ingest key reads the fleet', key(['ingest']), 'read', 'Fleet', undefined, 'scope-missing'],
    ['ingest key reads service metrics', key(['ingest']), 'read', 'ServiceMetrics', undefined, 'scope-missing'],
    ['read key reads any model', key(['read']), 'read', 'Model', 'a', 'allow-rule'],
    ['read key sends events', key(['read']), 'ingest', 'Prediction', undefined, 'scope-missing'],
    ['read key changes a model', key(['read']), 'change', 'Model', 'a', 'scope-missing'],
    ['read key lists keys', key(['read']), 'list', 'Key', undefined, 'scope-missing'],
    ['read key sees the first ingest key', key(['read']), 'read', 'Onboarding', undefined, 'scope-missing'],
    ['limited read key reads its model', key(['read'], ['a']), 'read', 'Model', 'a', 'allow-rule'],
    ['limited read key reads another model', key(['read'], ['a']), 'read', 'Model', 'b', 'condition-failed'],
    [
      'limited read key reads rejected events of no model',
      key(['read'], ['a']),
      'read',
      'Rejected',
      undefined,
      'missing-attribute',
    ],
    ['limited read key reads the whole fleet', key(['read'], ['a']), 'read', 'Fleet', undefined, 'condition-failed'],
    ['limited read key lists its models', key(['read'], ['a']), 'list', 'Model', undefined, 'allow-rule'],
    ['admin key does all', key(['admin']), 'create', 'Key', undefined, 'allow-rule'],
    ['limited admin key makes no keys', key(['admin'], ['a']), 'create', 'Key', undefined, 'missing-attribute'],
    ['limited admin key changes its model', key(['admin'], ['a']), 'change', 'Model', 'a', 'allow-rule'],
    ['two scopes add up', key(['ingest', 'read'], ['a']), 'read', 'Model', 'a', 'allow-rule'],
    ['unknown scope', key(['superuser']), 'read', 'Model', 'a', 'scope-missing'],
    ['unknown user', { ...admin, id: 'mallory' }, 'read', 'Model', 'a', 'no-rule-matched'],
    ['a key that is called admin', { ...key([]), id: 'admin' }, 'read', 'Model', 'a', 'scope-missing'],
    [
      'system over the network',
      { kind: 'system', id: 'admin', scopes: ['admin'], models: [] },
      'read',
      'Model',
      'a',
      'no-rule-matched',
    ],
  ])('%s', (_what, actor, action, subject, model, code) => {
    const decision = decide(actor, action, subject, { model });
    expect(decision).toMatchObject({ code, effect: code === 'allow-rule' ? 'allow' : 'deny' });
    expect(decision.reason).not.toBe('');
  });

  it('denies everything to an actor without a grant', () => {
    for (const action of accessActions)
      for (const subject of accessSubjects)
        expect(decide(key([]), action, subject, { model: 'a' }).effect).toBe('deny');
  });

  it('grants a limited key nothing that the same key without the limit lacks', () => {
    const scopes = fc.subarray(['admin', 'ingest', 'read']);
    const model = fc.option(fc.constantFrom('a', 'b'), { nil: undefined });
    const question = fc.tuple(scopes, fc.constantFrom(...accessActions), fc.constantFrom(...accessSubjects), model);
    fc.assert(
      fc.property(question, ([granted, action, subject, named]) => {
        const limited = decide(key(granted, ['a']), action, subject, { model: named });
        const free = decide(key(granted), action, subject, { model: named });
        return limited.effect === 'deny' || free.effect === 'allow';
      }),
    );
  });

  it('never lets a limited key touch another model', () => {
    for (const action of accessActions)
      for (const subject of accessSubjects) {
        const { effect, ruleId } = decide(key(['admin', 'ingest', 'read'], ['a']), action, subject, { model: 'b' });
        const rule = accessRules.find(({ id }) => id === ruleId);
        expect(effect === 'deny' || rule?.models === 'unchecked').toBe(true);
      }
  });

  it('names every rule once', () => {
    expect(new Set(accessRules.map(({ id }) => id)).size).toBe(accessRules.length);
  });
});
