import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectorExamples } from './examples/detector-examples.ts';
import { driftExamples } from './examples/drift-examples.ts';
import { estimationExamples } from './examples/estimation-examples.ts';
import { fairnessExamples } from './examples/fairness-examples.ts';
import { operationExamples } from './examples/operation-examples.ts';
import { performanceExamples } from './examples/performance-examples.ts';
import { valueExamples } from './examples/value-examples.ts';

/** A worked example as the page shows it: the code that runs, and what it returned just now. */
export type WorkedExample = { code: string; result: string };

const folder = join(import.meta.dirname, 'examples');
const tables: Record<string, Record<string, () => unknown>> = {
  'drift-examples.ts': driftExamples,
  'performance-examples.ts': performanceExamples,
  'value-examples.ts': valueExamples,
  'estimation-examples.ts': estimationExamples,
  'fairness-examples.ts': fairnessExamples,
  'operation-examples.ts': operationExamples,
  'detector-examples.ts': detectorExamples,
};
const texts = new Map(Object.keys(tables).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
const samples = sampleBlocks(readFileSync(join(folder, 'sample-data.ts'), 'utf8'));

/** Ids that have a worked example. */
export const exampleIds: readonly string[] = Object.values(tables).flatMap((table) => Object.keys(table));

/** Runs the worked example of a metric; null when there is none. */
export function workedExample(id: string): WorkedExample | null {
  for (const [file, table] of Object.entries(tables)) {
    if (!Object.hasOwn(table, id)) continue;
    const body = bodyOf(texts.get(file) ?? '', id);
    return { code: [...samplesOf(body), body].join('\n\n'), result: displayResult(table[id]()) };
  }
  return null;
}

/** The statements of one entry of an examples table, as they stand in the file, without their indentation. */
function bodyOf(text: string, id: string): string {
  const match = new RegExp(`^  ${id}\\(\\) \\{\\n([\\s\\S]*?)^  \\},`, 'm').exec(text);
  if (match === null) throw new Error(`the examples table holds ${id}, but not as a method of its own lines`);
  return match[1]
    .replaceAll(/^ {4}/gm, '')
    .replaceAll(/^return /gm, '')
    .trim();
}

/** `export const name = …;` blocks of the sample data by name. */
function sampleBlocks(text: string): Map<string, string> {
  const blocks = [...text.matchAll(/^export const (\w+)[\s\S]*?;\n(?=\n|$)/gm)];
  return new Map(blocks.map(([block, name]) => [name, block.replace('export ', '').trim()]));
}

/** Sample data that the code names, and the samples that those name. */
function samplesOf(code: string, taken = new Set<string>()): string[] {
  return [...samples].flatMap(([name, block]) => {
    if (taken.has(name) || !new RegExp(`\\b${name}\\b`).test(code.replaceAll(/'[^']*'/g, ''))) return [];
    taken.add(name);
    return [...samplesOf(block.replace(name, ''), taken), block];
  });
}

/** JSON with six significant digits, so that the last digits of a platform's logarithm do not matter. */
export function displayResult(result: unknown): string {
  const plain = (_: string, value: unknown): unknown => {
    if (value instanceof Map) return Object.fromEntries(value);
    if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
    if (typeof value !== 'number' || Number.isInteger(value)) return value;
    return Number(value.toPrecision(6));
  };
  const lists = /\[\s+((?:-?[\d.e-]+,?\s+)+)\]/g;
  return JSON.stringify(result, plain, 2).replaceAll(
    lists,
    (_, items: string) => `[${items.trim().replaceAll(/\s+/g, ' ')}]`,
  );
}
