import type { ImportResult } from './import-file.ts';
import { count } from './progress.ts';
import { addTallies, type SendTally } from './send-tally.ts';

/** The result in words; the same numbers as the HTTP replies, summed. */
export function importReport(result: ImportResult): string[] {
  const { predictions, feedback, labels, reference } = result;
  const allFeedback = labels === null ? feedback : addTallies(feedback, labels.feedback);
  const resumed = result.resumedAfterRow > 0 ? `, ${count(result.resumedAfterRow)} of them by an earlier run` : '';
  return [
    `${count(result.rows)} rows of ${result.file} for ${result.model}${resumed}, in ${result.seconds} s`,
    `  predictions  ${tallyLine(predictions)}`,
    ...(allFeedback.sent > 0 ? [`  feedback     ${tallyLine(allFeedback)}`] : []),
    `  times without a zone were read as ${result.timeZone}`,
    ...rejectionLines(addTallies(predictions, allFeedback)),
    ...(reference === null
      ? []
      : [
          `  reference ${reference.id} over ${count(reference.n)} rows, ${String(reference.from)} to ${String(reference.to)}`,
        ]),
  ];
}

function tallyLine({ accepted, duplicates, rejected }: SendTally): string {
  const repeats = duplicates > 0 ? `, ${count(duplicates)} repeats` : '';
  return `${count(accepted)} accepted${repeats}, ${count(rejected)} refused`;
}

function rejectionLines({ rejected, rejectedByCode, examples }: SendTally): string[] {
  if (rejected === 0) return [];
  const codes = Object.entries(rejectedByCode).sort(([, a], [, b]) => b - a);
  return [
    '  refused rows:',
    ...codes.map(
      ([code, n]) => `    ${code.padEnd(24)} ${count(n)}${code === 'NOT_LISTED' ? ' (see /api/v1/rejected)' : ''}`,
    ),
    ...examples.map(({ row, code, pointer, detail }) => `    row ${row}: ${code} ${pointer} ${detail}`),
  ];
}
