import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasRealData, referenceCases } from './data-shapes.ts';
import { type Answer, boundIn, equalBound, largestDifference, type Measure } from './measure.ts';
import { allMeasures, knownToDiffer } from './measures/all-measures.ts';
import { ensureVenv, pythonOfVenv } from './python-environment.ts';

/**
 * Plumbline side by side with the Python libraries: the same data through both, the largest relative difference of each
 * measure, and a failure above 1e-9, or above the stated bound where an approximation is meant.
 */
type Said = {
  libraries: Record<string, string>;
  missing: Record<string, string>;
  answers: Record<string, Record<string, Answer>>;
  errors: Record<string, Record<string, string>>;
};
type Outcome = {
  measure: Measure;
  cases: number;
  largest: number;
  loosest: number;
  beyond: string[];
  errors: string[];
};

const requirements = readFileSync(join(import.meta.dirname, 'requirements.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
for (const name of ensureVenv(requirements)) say(`not installed on this machine: ${name}`);
const said = askLibraries();
say(
  Object.entries(said.libraries)
    .map(([name, version]) => `${name} ${version}`)
    .join(', '),
);
for (const [module, reason] of Object.entries(said.missing)) say(`left out: ${module}: ${reason}`);
if (!hasRealData) say('left out: the real data sets, ../shared/data is not beside the repository');

const outcomes = allMeasures.map(compare);
for (const outcome of outcomes) say(lineOf(outcome));
const left = outcomes.filter(({ cases }) => cases === 0);
const failed = outcomes.filter(({ beyond }) => beyond.length > 0);
const compared = outcomes.reduce((sum, { cases }) => sum + cases, 0);
say(
  `\n${outcomes.length - left.length} measures, ${compared} comparisons, ${failed.length} beyond their bound, ` +
    `${left.length} not compared`,
);
for (const text of knownToDiffer) say(`known to differ: ${text}`);
if (left.length > 0)
  say(`not compared: ${left.map(({ measure }) => `${measure.metric} (${measure.library})`).join(', ')}`);
process.exit(failed.length === 0 && outcomes.length > left.length ? 0 : 1);

function askLibraries(): Said {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-reference-'));
  try {
    const file = join(folder, 'cases.json');
    writeFileSync(file, JSON.stringify({ cases: referenceCases }));
    const { status, stdout, stderr } = spawnSync(pythonOfVenv, [join(import.meta.dirname, 'python/verify.py'), file], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`the Python side failed:\n${stderr}`);
    return JSON.parse(stdout) as Said;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compare(measure: Measure): Outcome {
  const outcome: Outcome = { measure, cases: 0, largest: 0, loosest: 0, beyond: [], errors: [] };
  for (const { id, kind, input } of referenceCases) {
    if (kind !== measure.kind) continue;
    const error = said.errors[id]?.[measure.key];
    if (error !== undefined) outcome.errors.push(`${id}: ${error}`);
    const theirs = said.answers[id]?.[measure.key];
    if (theirs === undefined) continue;
    const ours = measure.ours(input as never);
    // A law that applies to one kind of case only (exact and asymptotic p) answers null on the others.
    if (ours === null) continue;
    const difference = largestDifference(ours, theirs, measure.floor);
    outcome.cases += 1;
    if (!(difference <= boundIn(measure, id))) outcome.beyond.push(`${id}: ${difference.toExponential(1)}`);
    if (measure.loose?.cases.includes(id)) outcome.loosest = Math.max(outcome.loosest, difference);
    else outcome.largest = Math.max(outcome.largest, difference);
  }
  return outcome;
}

function lineOf({ measure, cases, largest, loosest, beyond, errors }: Outcome): string {
  const mark = cases === 0 ? 'none  ' : beyond.length === 0 ? 'ok    ' : 'FAILED';
  const difference = cases === 0 ? '-' : largest.toExponential(1);
  const { bound, why, loose } = measure;
  const notes = [
    ...(bound === undefined && why === undefined ? [] : [`bound ${bound ?? equalBound}: ${why ?? 'no reason given'}`]),
    ...(loose === undefined ? [] : [`${loosest.toExponential(1)} where ${loose.why} (bound ${loose.bound})`]),
    ...(beyond.length === 0 ? [] : [`beyond in ${beyond.join(', ')}`]),
    ...(errors.length === 0 ? [] : [`the library failed on ${errors.length}: ${errors[0]}`]),
  ];
  return [`${mark} ${difference.padStart(8)} ${measure.metric} · ${measure.library} · ${cases} cases`, ...notes].join(
    '; ',
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
