import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { UiServer, type UiScenario } from '../fixtures/ui-server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

const wanted = process.env['PLUMBLINE_CHROMIUM'] ?? '/usr/bin/chromium';

/** Null where no browser is installed: the browser tests are then skipped, by name. */
export const chromiumPath = existsSync(wanted) ? wanted : null;
export const skipWord = chromiumPath ? '' : ' (skipped: no browser at PLUMBLINE_CHROMIUM or /usr/bin/chromium)';

type OpenOptions = BrowserContextOptions & { base?: string };

export type OpenPage = { page: Page; server: UiServer; url: string; complaints: string[] };

/** The dashboard, built from the present source, in a real browser, before a server with invented data. */
export class UiBrowser {
  readonly #browser: Browser;
  readonly #dist: string;
  readonly #servers: UiServer[] = [];

  private constructor(browser: Browser, dist: string) {
    this.#browser = browser;
    this.#dist = dist;
  }

  static async start(): Promise<UiBrowser> {
    const dist = await mkdtemp(join(tmpdir(), 'plumbline-ui-'));
    const { NODE_ENV: _, ...env } = process.env;
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    const flags = ['build', 'ui', '--outDir', dist, '--emptyOutDir', '--logLevel', 'error'];
    await promisify(execFile)(process.execPath, [vite, ...flags], { cwd: ROOT, env });
    const browser = await chromium.launch({ executablePath: chromiumPath ?? wanted, args: FLAGS });
    return new UiBrowser(browser, dist);
  }

  get dist(): string {
    return this.#dist;
  }

  /** `complaints` collects script errors, policy violations and requests that leave the server. */
  async open(scenario: UiScenario, path = '', options: OpenOptions = {}): Promise<OpenPage> {
    const { base = '/', ...contextOptions } = options;
    const server = new UiServer(scenario, { dist: this.#dist, base });
    this.#servers.push(server);
    const url = await server.listen();
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(`script error: ${error.message}`));
    page.on('console', (message) => {
      const isExpected = /status of (40[134]|503)|WebSocket connection/.test(message.text());
      if (message.type() === 'error' && !isExpected) complaints.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('ws://127.0.0.1'))
        complaints.push(`outside: ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(url + path);
    return { page, server, url, complaints };
  }

  /** After each test: a page left open would go on drawing. */
  async closePages(): Promise<void> {
    for (const context of this.#browser.contexts()) await context.close();
    for (const server of this.#servers.splice(0)) await server.close();
  }

  async stop(): Promise<void> {
    await this.closePages();
    await this.#browser.close();
    await rm(this.#dist, { recursive: true, force: true });
  }
}
