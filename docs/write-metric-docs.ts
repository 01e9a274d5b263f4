import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricDocs } from './reference/metrics/source/metric-docs.ts';

/** Writes docs/reference/metrics/*.md and removes pages of metrics that are gone. */
const folder = join(import.meta.dirname, 'reference/metrics');
const pages = metricDocs();
const stale = readdirSync(folder).filter((file) => file.endsWith('.md') && !pages.has(file));
for (const file of stale) rmSync(join(folder, file));
for (const [file, text] of pages) writeFileSync(join(folder, file), text);
process.stdout.write(`${pages.size} pages written to docs/reference/metrics, ${stale.length} removed\n`);
