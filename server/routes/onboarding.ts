import type { Services } from '../app-deps.ts';
import { CodedError } from '../errors.ts';
import type { App, RouteDeps } from '../plugins/app-types.ts';
import { BreakModelSchema, DemoAnswerSchema, OnboardingSchema } from '../schemas/operations.schema.ts';
import { NoQuerySchema } from '../schemas/request.schema.ts';

const tags = ['onboarding'];

export function onboardingRoutes(app: App, { services }: RouteDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/onboarding',
    config: { action: 'read', subject: 'Onboarding' },
    schema: {
      operationId: 'readOnboarding',
      summary: 'What a newcomer needs to send a first event; the key is told only while it is new',
      tags,
      querystring: NoQuerySchema,
      response: { 200: OnboardingSchema },
    },
    async handler(_request, reply) {
      reply.header('cache-control', 'no-store');
      return services.onboarding();
    },
  });
  app.route({
    method: 'POST',
    url: '/api/v1/demo/break',
    config: { action: 'operate', subject: 'Demo' },
    schema: {
      operationId: 'breakDemoModel',
      summary: 'Let drift into a model of the demo',
      tags,
      querystring: NoQuerySchema,
      body: BreakModelSchema,
      response: { 200: DemoAnswerSchema },
    },
    async handler({ body }) {
      await demoOf(services).breakModel(body.model);
      return { done: true as const };
    },
  });
  app.route({
    method: 'POST',
    url: '/api/v1/demo/heal',
    config: { action: 'operate', subject: 'Demo' },
    schema: {
      operationId: 'healDemo',
      summary: 'Let the traffic of the demo be healthy again',
      tags,
      querystring: NoQuerySchema,
      response: { 200: DemoAnswerSchema },
    },
    async handler() {
      await demoOf(services).heal();
      return { done: true as const };
    },
  });
}

function demoOf({ demo }: Services): NonNullable<Services['demo']> {
  if (demo === null) throw new CodedError('NOT_FOUND', 'This is no demo. Start one with plumbline demo.');
  return demo;
}
