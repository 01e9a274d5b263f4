import { getJson, Problem } from '../api.ts';
import { clock } from './clock.svelte.ts';

/** What one panel shows: the last good answer stays while the next one is on its way, or fails. */
export class Resource<T> {
  data = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  isLoading = $state(false);
  /** The path the data belongs to; differs from the wanted one while a new view loads. */
  loadedPath = $state<string | null>(null);
  wantedPath = $state<string | null>(null);
  #path: string | null = null;
  #abort: AbortController | null = null;
  #startedAt = 0;
  #dueAt = 0;
  #timer: number | undefined;
  readonly #onData: ((data: T) => void) | undefined;

  readonly isDimmed = $derived(this.isLoading && this.data !== null && this.loadedPath !== this.wantedPath);

  constructor(onData?: (data: T) => void) {
    this.#onData = onData;
  }

  open(path: string | null): void {
    if (path === this.#path) return;
    this.#path = path;
    this.wantedPath = path;
    this.problem = null;
    if (path !== null) {
      void this.refresh();
      return;
    }
    this.#abort?.abort();
    this.isLoading = false;
    this.data = null;
    this.loadedPath = null;
  }

  async refresh(): Promise<void> {
    const path = this.#path;
    if (path === null) return;
    this.#abort?.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const abort = new AbortController();
    this.#abort = abort;
    this.#startedAt = Date.now();
    this.isLoading = true;
    try {
      const data = await getJson<T>(path, abort.signal);
      if (abort.signal.aborted) return;
      const asOf = (data as { asOf?: unknown }).asOf;
      if (typeof asOf === 'string') clock.hear(asOf);
      this.data = data;
      this.loadedPath = path;
      this.problem = null;
      this.#onData?.(data);
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      this.problem = error;
      if (this.loadedPath !== path) this.data = null;
    } finally {
      if (!abort.signal.aborted) this.isLoading = false;
    }
  }

  /** For live changes: at most one fetch per `intervalMs`, the last change is never lost. */
  refreshSoon(intervalMs: number): void {
    const dueAt = this.#startedAt + intervalMs;
    if (this.#path === null || (this.#timer !== undefined && this.#dueAt <= dueAt)) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = window.setTimeout(() => void this.refresh(), Math.max(0, dueAt - Date.now()));
  }

  close(): void {
    this.#abort?.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#path = null;
  }
}

/** A resource that follows its path while the component lives. `path` null: nothing is wanted yet. */
export function useResource<T>(path: () => string | null): Resource<T> {
  const resource = new Resource<T>();
  $effect(() => resource.open(path()));
  $effect(() => () => resource.close());
  return resource;
}
