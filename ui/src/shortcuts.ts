import { router } from './router.svelte.ts';
import { clock } from './state/clock.svelte.ts';
import { view } from './state/view.svelte.ts';
import { shiftWindow } from './view-query.ts';

/** Elements that `j` and `k` walk through, in document order. */
const LIST_ITEM = '[data-list-item]';
/** The field that `/` goes to. */
const FILTER = '[data-page-filter]';
const CHORD_MS = 1000;

let chordAt = 0;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog') !== null;
}

function step(direction: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>(LIST_ITEM)];
  const current = items.findIndex((item) => item === document.activeElement);
  const next = current < 0 ? (direction > 0 ? 0 : items.length - 1) : current + direction;
  items[Math.min(items.length - 1, Math.max(0, next))]?.focus();
}

function shift(direction: 1 | -1): void {
  router.setQuery({ ...shiftWindow(view.window, clock.now, direction), window: null });
}

/** Single-letter keys of the page; false when the key is not ours. */
export function handleShortcut(event: KeyboardEvent, openKeys: () => void): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return false;
  if (event.key === 'o' && Date.now() - chordAt < CHORD_MS) {
    router.go(router.to(''));
    return true;
  }
  switch (event.key) {
    case 'g':
      chordAt = Date.now();
      return true;
    case 'j':
      step(1);
      return true;
    case 'k':
      step(-1);
      return true;
    case '[':
      shift(-1);
      return true;
    case ']':
      shift(1);
      return true;
    case 'z':
      router.setQuery({ zone: view.zone === 'utc' ? null : 'utc' }, { replace: true });
      return true;
    case '/':
      document.querySelector<HTMLElement>(FILTER)?.focus();
      return true;
    case '?':
      openKeys();
      return true;
    default:
      return false;
  }
}
