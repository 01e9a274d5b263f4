import { getJson } from '../api.ts';

type Onboarding = { ingestKey: string | null; url: string; demo: boolean };

class OnboardingState {
  ingestKey = $state<string | null>(null);
  url = $state(new URL('.', document.baseURI).href.replace(/\/$/, ''));
  isDemo = $state(false);

  async load(): Promise<void> {
    const answer = await getJson<Onboarding>('api/v1/onboarding').catch(() => null);
    if (!answer) return;
    // The key is told once: a later answer without it must not take it from the screen.
    this.ingestKey = answer.ingestKey ?? this.ingestKey;
    this.url = answer.url.replace(/\/$/, '');
    this.isDemo = answer.demo;
  }
}

export const onboarding = new OnboardingState();
