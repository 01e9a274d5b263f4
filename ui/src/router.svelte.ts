import { parseRoute } from './parse-route.ts';

/** Query keys that follow the reader from page to page. */
const CARRIED = ['zone', 'window', 'from', 'to'];

const base = new URL(document.baseURI).pathname;

class Router {
  #url = $state.raw(new URL(location.href));
  readonly route = $derived(parseRoute(this.#url.pathname, base));
  readonly query = $derived(this.#url.searchParams);
  readonly href = $derived(this.#url.href);

  constructor() {
    addEventListener('popstate', () => (this.#url = new URL(location.href)));
  }

  /** Address of a page of the app, keeping zone and window. `path` has no leading slash. */
  to(path: string, query: Record<string, string> = {}): string {
    const kept = CARRIED.flatMap((key) => {
      const value = this.query.get(key);
      return value === null ? [] : [[key, value]];
    });
    const search = new URLSearchParams([...kept, ...Object.entries(query)]).toString();
    return search ? `${base}${path}?${search}` : `${base}${path}`;
  }

  go(href: string): void {
    history.pushState(null, '', href);
    this.#url = new URL(location.href);
  }

  /** Changes the view in place; null removes a key. A reader's choice can be undone with Back, so it pushes. */
  setQuery(patch: Record<string, string | null>, { replace = false } = {}): void {
    const next = new URL(this.#url);
    for (const [key, value] of Object.entries(patch)) {
      if (value === null) next.searchParams.delete(key);
      else next.searchParams.set(key, value);
    }
    if (next.href === this.#url.href) return;
    if (replace) history.replaceState(null, '', next);
    else history.pushState(null, '', next);
    this.#url = next;
  }

  /** Follows plain clicks on our own links; everything else is the browser's. */
  follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (parseRoute(link.pathname, base).name === 'missing') return;
    event.preventDefault();
    const before = this.route;
    this.go(link.href);
    const isSameModel = before.name === 'model' && this.route.name === 'model' && before.model === this.route.model;
    if (!isSameModel && before !== this.route) scrollTo(0, 0);
  }
}

export const router = new Router();
