import type { ModelDefinition } from '../domain/model.ts';
import { minuteMs, type Window } from '../domain/window.ts';
import type { MeasureDeps } from './measure-deps.ts';
import { timeWindow } from './time-window.ts';

/** A figure and the window it was read over. */
export type Measured<T> = { window: Window; value: T };

export type Rung<T> = Map<string, Measured<T> & { isEnough: boolean }>;

/** Tries one window after the other for the models that have not enough rows yet; keeps the best there is. */
export async function laddered<T>(
  deps: MeasureDeps,
  models: readonly ModelDefinition[],
  labels: readonly string[],
  read: (models: readonly ModelDefinition[], label: string) => Promise<Rung<T>>,
): Promise<Map<string, Measured<T>>> {
  const best = new Map<string, Measured<T>>();
  let pending = models.filter((model) => deps.activity.of(model.id) !== null);
  for (const label of labels) {
    if (pending.length === 0) break;
    const found = await read(pending, label);
    for (const [id, { window, value }] of found) best.set(id, { window, value });
    pending = pending.filter((model) => found.get(model.id)?.isEnough !== true);
  }
  return best;
}

/** Models whose window ends now share one question; silent ones are asked about at their own last hours. */
export async function byWindow<T>(
  deps: MeasureDeps,
  models: readonly ModelDefinition[],
  label: string,
  read: (models: readonly ModelDefinition[], window: Window) => Promise<Rung<T>>,
): Promise<Rung<T>> {
  const now = deps.clock.now();
  const groups = new Map<string, { window: Window; models: ModelDefinition[] }>();
  for (const model of models) {
    const window = timeWindow({ window: label }, now, deps.activity.extent(model.id));
    const key = `${Math.floor(window.from / minuteMs)} ${Math.ceil(window.to / minuteMs)}`;
    const group = groups.get(key) ?? { window, models: [] };
    group.models.push(model);
    groups.set(key, group);
  }
  const found = await Promise.all([...groups.values()].map((group) => read(group.models, group.window)));
  return new Map(found.flatMap((rung) => [...rung]));
}
