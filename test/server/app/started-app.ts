import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../../server/app.ts';
import type { AppOptions, Services } from '../../../server/app-deps.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import type { LiveFeedHub } from '../../../server/services/live-feed.ts';
import { type Call, fakeOptions, fakeServices, type FakeServices } from '../../fakes/fake-services.ts';

export type StartedApp = FakeServices & {
  app: App;
  hub: LiveFeedHub;
  /** What was asked of one service, in order. */
  callsOf(verb: keyof Services): Call[];
  send(method: string, url: string, options?: Omit<InjectOptions, 'method' | 'url'>): Promise<LightMyRequestResponse>;
};

export type StartOptions = { services?: Partial<Services>; options?: Partial<AppOptions> };

/** The whole app on fake services. */
export async function startedApp({ services, options }: StartOptions = {}): Promise<StartedApp> {
  const fake = fakeServices(services);
  const { hub, ...appOptions } = fakeOptions(fake.services, options);
  const app = await buildApp(appOptions);
  await app.ready();
  return {
    ...fake,
    app,
    hub,
    callsOf: (verb) => fake.calls.filter((call) => call.verb === verb),
    send: (method, url, rest = {}) => app.inject({ method: method as 'GET', url, ...rest }),
  };
}

export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

export const sameOrigin = { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };

/** Redeems the fake's one token; answers with the cookie header of the session. */
export async function signedIn({ send }: StartedApp): Promise<string> {
  const answer = await send('POST', '/api/v1/session', { payload: { token: 'right' } });
  const [cookie] = answer.cookies;
  return `${cookie.name}=${cookie.value}`;
}

/** Concrete addresses for the parameters of a route. */
export const addressOf = (url: string): string =>
  url
    .replace(':model', 'credit-risk')
    .replace(':feature', 'income')
    .replace(':key', 'pl_12345678')
    .replace(':code', 'FORBIDDEN')
    .replace('*', 'index.js');
