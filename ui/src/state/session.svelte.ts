import { getJson, postJson, Problem } from '../api.ts';

type Actor = { kind: string; id: string };

class Session {
  state = $state<'asking' | 'in' | 'out' | 'unreachable'>('asking');
  actor = $state.raw<Actor | null>(null);

  async ask(): Promise<void> {
    try {
      this.actor = (await getJson<{ actor: Actor }>('api/v1/session')).actor;
      this.state = 'in';
    } catch (error) {
      const isRefused = error instanceof Problem && (error.status === 401 || error.status === 403);
      this.state = isRefused ? 'out' : 'unreachable';
    }
  }

  async signIn(token: string): Promise<void> {
    await postJson('api/v1/session', { token });
    await this.ask();
  }
}

export const session = new Session();
