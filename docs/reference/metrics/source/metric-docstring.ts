/** What a teaching docstring says, part by part; absent parts are undefined. Lines are joined, Markdown is kept. */
export type MetricDocstring = {
  question?: string;
  reading?: string;
  definition?: string;
  reference?: string;
  cost?: string;
  returns?: string;
  throws?: string;
  example?: string;
};

export type DocstringPart = keyof MetricDocstring;

const labels = ['Reading and definition', 'Reading', 'Definition', 'Reference', 'Cost'] as const;

/**
 * The docstring right above `export function name(`.
 *
 * @param source text of the file
 * @returns null when there is no such function, or no comment above it
 */
export function docstringOf(source: string, functionName: string): MetricDocstring | null {
  const at = source.indexOf(`export function ${functionName}(`);
  if (at < 0) return null;
  const above = source.slice(0, at).trimEnd();
  if (!above.endsWith('*/')) return null;
  const lines = above
    .slice(above.lastIndexOf('/**') + 3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  return partsOf(lines);
}

/** Cuts the text at its labels and tags; text before the first label that asks is the question. */
function partsOf(lines: readonly string[]): MetricDocstring {
  const parts: MetricDocstring = {};
  const isTag = (line: string): boolean => line.startsWith('@');
  const firstExample = lines.findIndex((line) => line.startsWith('@example'));
  if (firstExample >= 0)
    parts.example = lines
      .slice(firstExample + 1)
      .join('\n')
      .trim();
  const prose = (firstExample < 0 ? lines : lines.slice(0, firstExample)).map((line) => line.trim());
  const tagged: string[] = [];
  const spoken: string[] = [];
  let inTag = false;
  for (const line of prose) {
    if (isTag(line)) inTag = true;
    else if (line === '') inTag = false;
    (inTag ? tagged : spoken).push(line);
  }
  const text = spoken.join('\n');
  const pattern = new RegExp(`(?:^|(?<=[\\s.]))(${labels.join('|')}): `, 'gm');
  const marks = [...text.matchAll(pattern)];
  const opening = flat(text.slice(0, marks[0]?.index ?? text.length));
  if (opening.includes('?')) parts.question = opening;
  marks.forEach((mark, i) => {
    const body = flat(text.slice(mark.index + mark[0].length, marks[i + 1]?.index ?? text.length));
    if (mark[1] === 'Reading' || mark[1] === 'Reading and definition') parts.reading ??= body;
    else if (mark[1] === 'Definition') parts.definition ??= body;
    else if (mark[1] === 'Reference') parts.reference ??= body;
    else parts.cost ??= body;
  });
  parts.returns = tagOf(tagged, '@returns');
  parts.throws = tagOf(tagged, '@throws');
  return parts;
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function tagOf(tagged: readonly string[], tag: string): string | undefined {
  const start = tagged.findIndex((line) => line.startsWith(tag));
  if (start < 0) return undefined;
  const length = tagged.slice(start + 1).findIndex((line) => line.startsWith('@') || line === '');
  const end = length < 0 ? tagged.length : start + 1 + length;
  return flat(tagged.slice(start, end).join(' ').slice(tag.length));
}
