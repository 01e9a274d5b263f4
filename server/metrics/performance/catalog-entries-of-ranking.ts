import type { MetricCatalogEntry } from '../../domain/metric-catalog-entry.ts';
import { measureDefaults } from './catalog-defaults.ts';

const overUsers = {
  family: 'ranking',
  inputs: ['moments', 'rows'],
  unit: 'share',
  worse: 'down',
  defaults: measureDefaults,
  minimum: '30 users with a relevant item',
  interval: 't over users',
  reference: 'Manning, Raghavan & Schütze, Introduction to Information Retrieval, 2008, chapter 8',
  appliesTo: ['ranking'],
  complexity: 'O(items)',
} as const satisfies Partial<MetricCatalogEntry>;

/** Lists shown to users or queries, cut at k. */
export const rankingEntries: readonly MetricCatalogEntry[] = [
  {
    ...overUsers,
    id: 'ndcg_at_k',
    title: 'NDCG at k',
    question: 'Are the most relevant items on top, when relevance has grades?',
    reading: '1 is the best possible order, 0 nothing relevant within k.',
    reference: 'Järvelin & Kekäläinen 2002, doi:10.1145/582415.582418',
    complexity: 'O(items log items)',
  },
  {
    ...overUsers,
    id: 'mean_reciprocal_rank',
    title: 'Mean reciprocal rank',
    question: 'How far down is the first relevant item?',
    reading: '1 is always on top, 0 none within k.',
    reference: 'Voorhees, The TREC-8 Question Answering Track Report, 1999',
  },
  {
    ...overUsers,
    id: 'mean_average_precision',
    title: 'Mean average precision',
    question: 'Are the relevant items near the top, all of them?',
    reading: '1 is all relevant items first, 0 none within k.',
  },
  {
    ...overUsers,
    id: 'hit_rate_at_k',
    title: 'Hit rate at k',
    question: 'How many users see anything relevant at all?',
    reading: '1 is everybody, 0 nobody.',
    reference: 'Deshpande & Karypis 2004, doi:10.1145/963770.963776',
  },
  {
    ...overUsers,
    id: 'precision_at_k',
    title: 'Precision at k',
    question: 'What share of the places shown is used well?',
    reading: '1 is all k places relevant.',
  },
  {
    ...overUsers,
    id: 'recall_at_k',
    title: 'Recall at k',
    question: 'What share of what a user would want is within the first k?',
    reading: '1 is all of it, 0 nothing.',
  },
];
