import type { HealthReport } from '../app-deps.ts';

const freshMs = 1000;
const timeoutMs = 5000;

/**
 * Asks the service for its health, at most once a second however many ask: the address is public, and each look costs a
 * query. A look that hangs is an answer too.
 */
export class ReadinessProbe {
  private readonly health: () => Promise<HealthReport>;
  private latest: { at: number; report: Promise<HealthReport> } | null = null;
  private isStopping = false;

  constructor(health: () => Promise<HealthReport>) {
    this.health = health;
  }

  stop(): void {
    this.isStopping = true;
  }

  report(now = performance.now()): Promise<HealthReport> {
    if (this.isStopping) return Promise.resolve(notReady('shutdown', 'the server is stopping', 0));
    if (this.latest === null || now - this.latest.at > freshMs) this.latest = { at: now, report: this.look() };
    return this.latest.report;
  }

  private async look(): Promise<HealthReport> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<HealthReport>((resolve) => {
      timer = setTimeout(() => resolve(notReady('health', 'the checks did not end in time', timeoutMs)), timeoutMs);
    });
    try {
      return await Promise.race([this.health(), late]);
    } catch {
      return notReady('health', 'the checks failed; the log says why', 0);
    } finally {
      clearTimeout(timer);
    }
  }
}

const notReady = (name: string, detail: string, latencyMs: number): HealthReport => ({
  isReady: false,
  checks: [{ name, isOk: false, detail, latencyMs }],
});
