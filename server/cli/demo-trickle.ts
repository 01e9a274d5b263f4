import type { Services } from '../app-deps.ts';
import { startTrickle } from '../demo/start-trickle.ts';
import type { Core } from '../wiring/start-core.ts';

const perSecond = 20;

/** Live traffic through the same door as everybody's, and the button that breaks a model. */
export function demoTrickle(
  { collector, clock }: Pick<Core, 'collector' | 'clock'>,
  seed: number,
): NonNullable<Services['demo']> & { stop(): void } {
  const trickle = startTrickle({
    clock,
    seed,
    perSecond,
    ingest: (body, kind) =>
      collector.accept({
        kind,
        body,
        contentType: 'application/json',
        contentEncoding: null,
        source: 'demo',
        idempotencyKey: null,
        defaultModel: null,
        defaultVersion: null,
        allowedModels: null,
      }),
  });
  return {
    async breakModel(model) {
      trickle.breakModel(model);
    },
    async heal() {
      trickle.heal();
    },
    stop: trickle.stop,
  };
}
