export type Theme = 'system' | 'light' | 'dark';

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}

const darkScheme = matchMedia('(prefers-color-scheme: dark)');

class Preferences {
  theme = $state<Theme>('system');
  hasLetterKeys = $state(stored('plumbline.letterKeys') !== 'off');
  #systemIsDark = $state(darkScheme.matches);
  readonly isDark = $derived(this.theme === 'system' ? this.#systemIsDark : this.theme === 'dark');

  constructor() {
    const theme = stored('plumbline.theme');
    this.setTheme(theme === 'light' || theme === 'dark' ? theme : 'system');
    darkScheme.addEventListener('change', (event) => (this.#systemIsDark = event.matches));
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    store('plumbline.theme', theme);
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }

  setLetterKeys(isOn: boolean): void {
    this.hasLetterKeys = isOn;
    store('plumbline.letterKeys', isOn ? 'on' : 'off');
  }
}

export const preferences = new Preferences();
