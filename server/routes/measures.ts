import type { App, RouteDeps } from '../plugins/app-types.ts';
import { DriftSchema, FeatureOverlaySchema, HeatmapSchema } from '../schemas/drift.schema.ts';
import { MetricsAnswerSchema } from '../schemas/metrics-answer.schema.ts';
import { FairnessSchema, PerformanceSchema } from '../schemas/performance.schema.ts';
import {
  DriftQuerySchema,
  FairnessQuerySchema,
  FeatureParamsSchema,
  HeatmapQuerySchema,
  MetricsQuerySchema,
  ModelParamsSchema,
  SliceQuerySchema,
} from '../schemas/request.schema.ts';

const config = { action: 'read', subject: 'Model' } as const;
const tags = ['measures'];
const base = '/api/v1/models/:model';

/** What is measured of one model in a window. */
export function measureRoutes(app: App, { services }: RouteDeps): void {
  app.route({
    method: 'GET',
    url: `${base}/metrics`,
    config,
    schema: {
      operationId: 'readMetrics',
      summary: 'Any metric of any slice, in one shape',
      tags,
      params: ModelParamsSchema,
      querystring: MetricsQuerySchema,
      response: { 200: MetricsAnswerSchema },
    },
    handler: ({ params, query }) => services.readMetrics(params.model, query),
  });
  app.route({
    method: 'GET',
    url: `${base}/performance`,
    config,
    schema: {
      operationId: 'readPerformance',
      summary: 'How good the model is on what has been labelled, over time',
      tags,
      params: ModelParamsSchema,
      querystring: SliceQuerySchema,
      response: { 200: PerformanceSchema },
    },
    handler: ({ params, query }) => services.readPerformance(params.model, query),
  });
  app.route({
    method: 'GET',
    url: `${base}/fairness`,
    config,
    schema: {
      operationId: 'readFairness',
      summary: 'Rates per group, and their differences with intervals',
      tags,
      params: ModelParamsSchema,
      querystring: FairnessQuerySchema,
      response: { 200: FairnessSchema },
    },
    handler: ({ params, query }) => services.readFairness(params.model, query),
  });
}

/** How far the inputs and outputs of one model have moved from its reference. */
export function driftRoutes(app: App, { services }: RouteDeps): void {
  app.route({
    method: 'GET',
    url: `${base}/drift`,
    config,
    schema: {
      operationId: 'readDrift',
      summary: 'Drift of every feature against the reference, worst first',
      tags,
      params: ModelParamsSchema,
      querystring: DriftQuerySchema,
      response: { 200: DriftSchema },
    },
    handler: ({ params, query }) => services.readDrift(params.model, query),
  });
  app.route({
    method: 'GET',
    url: `${base}/drift/heatmap`,
    config,
    schema: {
      operationId: 'readDriftHeatmap',
      summary: 'Drift of every feature over time',
      tags,
      params: ModelParamsSchema,
      querystring: HeatmapQuerySchema,
      response: { 200: HeatmapSchema },
    },
    handler: ({ params, query }) => services.readHeatmap(params.model, query),
  });
  app.route({
    method: 'GET',
    url: `${base}/features/:feature`,
    config,
    schema: {
      operationId: 'readFeature',
      summary: 'One feature: reference and current side by side',
      tags,
      params: FeatureParamsSchema,
      querystring: SliceQuerySchema,
      response: { 200: FeatureOverlaySchema },
    },
    handler: ({ params, query }) => services.readFeature(params.model, params.feature, query),
  });
}
