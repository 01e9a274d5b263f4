import { definitionsBeside } from './definitions-beside.ts';
import { docstringOf, type DocstringPart, type MetricDocstring } from './metric-docstring.ts';
import { functionsOf, sourceOf } from './metric-functions.ts';

/** Everything the docstrings behind a metric say: each part from the first function that has it. */
export function explanationOf(id: string): MetricDocstring {
  const docstrings = functionsOf(id).map((one) => docstringOf(sourceOf(one), one.name));
  const first = (part: DocstringPart): string | undefined =>
    docstrings.find((docstring) => docstring?.[part] !== undefined)?.[part];
  return {
    question: first('question'),
    reading: first('reading'),
    definition: definitionsBeside[id] ?? first('definition'),
    reference: first('reference'),
    cost: first('cost'),
    returns: docstrings[0]?.returns,
    throws: docstrings[0]?.throws,
    example: first('example'),
  };
}
