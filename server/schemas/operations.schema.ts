import Type from 'typebox';

/** RFC 9457, the answer to everything that fails. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'page that explains the code' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'what to do next' }),
    instance: Type.String(),
    code: Type.String(),
    requestId: Type.String({ description: 'quote it when you ask for help' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          index: Type.Optional(Type.Integer()),
          pointer: Type.String(),
          code: Type.String(),
          detail: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem' },
);

export const AliveSchema = Type.Object({ status: Type.Literal('ok') });

/** `GET /readyz` */
export const HealthReportSchema = Type.Object({
  isReady: Type.Boolean(),
  checks: Type.Array(
    Type.Object({ name: Type.String(), isOk: Type.Boolean(), detail: Type.String(), latencyMs: Type.Number() }),
  ),
});

export const VersionSchema = Type.Object({
  version: Type.String(),
  commit: Type.Union([Type.String(), Type.Null()]),
  node: Type.String(),
  engine: Type.String(),
});

const ActorSchema = Type.Object({ kind: Type.String(), id: Type.String() });

/** `GET` and `POST /api/v1/session` */
export const SessionSchema = Type.Object({
  actor: ActorSchema,
  scopes: Type.Array(Type.String()),
  expiresAt: Type.Union([Type.String(), Type.Null()], { description: 'null for a key' }),
});

export const SignInSchema = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 200, description: 'the t of the one-time link' }) },
  { additionalProperties: false },
);

export const OnboardingSchema = Type.Object({
  ingestKey: Type.Union([Type.String(), Type.Null()]),
  url: Type.String(),
  demo: Type.Boolean(),
});

export const BreakModelSchema = Type.Object(
  { model: Type.String({ minLength: 1, maxLength: 256 }) },
  { additionalProperties: false },
);
export const DemoAnswerSchema = Type.Object({ done: Type.Literal(true) });
