import { getJson, postJson, Problem } from '../api.ts';

type Actor = { kind: string; id: string };

class Session {
  state = $state<'asking' | 'in' | 'out' | 'unreachable'>('asking');
  actor = $state.raw<Actor | null>(null);

  /** A signed-in reader keeps the page while the server is away: only a refusal ends the session. */
  async ask(): Promise<'in' | 'out' | 'unreachable'> {
    const answer = await this.#answer();
    if (answer !== 'unreachable' || this.state !== 'in') this.state = answer;
    return answer;
  }

  async #answer(): Promise<'in' | 'out' | 'unreachable'> {
    try {
      this.actor = (await getJson<{ actor: Actor }>('api/v1/session')).actor;
      return 'in';
    } catch (error) {
      return error instanceof Problem && (error.status === 401 || error.status === 403) ? 'out' : 'unreachable';
    }
  }

  async signIn(token: string): Promise<void> {
    await postJson('api/v1/session', { token });
    await this.ask();
  }
}

export const session = new Session();
