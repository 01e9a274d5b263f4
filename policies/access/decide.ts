import { type AccessAction, type AccessRule, accessRules, type AccessSubject } from './access-rules.ts';

/** Who asks. `models` limits a key to some models; empty means every model. */
export type AccessActor = {
  kind: 'user' | 'key' | 'system';
  id: string;
  scopes: readonly string[];
  models: readonly string[];
};

/** What is asked for. A model-limited key may only reach what names one of its models. */
export type AccessResource = { model?: string };

export type AccessDecision = {
  effect: 'allow' | 'deny';
  code: 'allow-rule' | 'no-rule-matched' | 'scope-missing' | 'condition-failed' | 'missing-attribute';
  /** The rule that allowed, or the one that came nearest. */
  ruleId: string | null;
  /** For people: why, and for a denial what would change it. */
  reason: string;
};

/**
 * May this actor do this to that? Pure, and denies by default: something is allowed only when a rule of `accessRules`
 * grants it to the actor, names action and subject, and its condition on models holds.
 */
export function decide(
  actor: AccessActor,
  action: AccessAction,
  subject: AccessSubject,
  resource: AccessResource = {},
): AccessDecision {
  const named = accessRules.filter((rule) => covers(rule.actions, action) && covers(rule.subjects, subject));
  const granted = named.filter((rule) => isGranted(rule, actor));
  if (granted.length === 0) return ungranted(actor, named, `${action} ${subject}`);
  const verdicts = granted.map((rule) => judge(rule, actor, resource));
  return verdicts.find(({ effect }) => effect === 'allow') ?? verdicts[0];
}

const covers = <T>(list: readonly T[] | 'any', wanted: T): boolean => list === 'any' || list.includes(wanted);

function isGranted({ grantedTo }: AccessRule, actor: AccessActor): boolean {
  if (grantedTo.kind !== actor.kind) return false;
  return grantedTo.kind === 'key' ? actor.scopes.includes(grantedTo.scope) : actor.id === grantedTo.id;
}

function ungranted(actor: AccessActor, named: readonly AccessRule[], what: string): AccessDecision {
  const deny = { effect: 'deny', ruleId: named[0]?.id ?? null } as const;
  const scopes = named.flatMap(({ grantedTo }) => (grantedTo.kind === 'key' ? [grantedTo.scope] : []));
  if (actor.kind !== 'key' || scopes.length === 0)
    return { ...deny, code: 'no-rule-matched', reason: `nothing allows this caller to ${what}` };
  const reason = `this key has the scopes ${actor.scopes.join(', ') || 'none'}; to ${what} takes ${scopes.join(' or ')}`;
  return { ...deny, code: 'scope-missing', reason };
}

function judge(rule: AccessRule, actor: AccessActor, { model }: AccessResource): AccessDecision {
  const { id: ruleId, models } = rule;
  if (actor.models.length === 0 || models === 'unchecked' || (models === 'when-named' && model === undefined))
    return { effect: 'allow', code: 'allow-rule', ruleId, reason: rule.why };
  if (models === 'unlimited-only') {
    const reason = 'this key is limited to some models, and this speaks of all of them';
    return { effect: 'deny', code: 'condition-failed', ruleId, reason };
  }
  if (model === undefined) {
    const reason = 'this key is limited to some models: say which model you mean';
    return { effect: 'deny', code: 'missing-attribute', ruleId, reason };
  }
  if (actor.models.includes(model)) return { effect: 'allow', code: 'allow-rule', ruleId, reason: rule.why };
  const reason = `this key may not touch the model ${model}; use a key that names it`;
  return { effect: 'deny', code: 'condition-failed', ruleId, reason };
}
