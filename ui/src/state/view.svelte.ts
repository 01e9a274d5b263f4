import type { Zone } from '../format.ts';
import { router } from '../router.svelte.ts';
import { readSpan, readWindow, windowParams, type TimeWindow } from '../view-query.ts';

/** The view, read from the URL: nothing of it is kept anywhere else. */
class View {
  readonly zone = $derived<Zone>(router.query.get('zone') === 'utc' ? 'utc' : 'local');
  readonly window = $derived<TimeWindow>(readWindow(router.query, '30d'));
  readonly version = $derived(router.query.get('version'));
  readonly segment = $derived(router.query.get('segment'));
  readonly feature = $derived(router.query.get('feature'));
  readonly isExact = $derived(router.query.get('exact') === 'true');
  readonly metric = $derived(router.query.get('metric'));
  readonly span = $derived(readSpan(router.query));
  readonly slice = $derived({ version: this.version, segment: this.segment });
  /** Query of history panels: the whole window. */
  readonly history = $derived({ ...windowParams(this.window), ...this.slice });
  /** Query of comparisons with the reference: the chosen span, else the last day (or the last hour of an hour). */
  readonly compared = $derived({ ...this.#comparedWindow(), ...this.slice });

  #comparedWindow(): Record<string, string> {
    if (this.span) return this.span;
    if (this.window.kind === 'range') return windowParams(this.window);
    return { window: this.window.preset === '1h' ? '1h' : '24h' };
  }
}

export const view = new View();
