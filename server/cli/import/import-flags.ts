import { InvalidArgumentError, type Command, Option } from 'commander';
import { usageError } from '../cli-error.ts';
import type { LabelsFile } from './import-labels.ts';
import type { MappingChoices } from './mapping-choices.ts';
import { readMappingFile } from './mapping-file.ts';

/** What commander makes of the flags of `plumbline import`. */
export type ImportFlags = MappingChoices & {
  model: string;
  as: 'current' | 'reference';
  format?: 'csv' | 'ndjson' | 'parquet';
  delimiter?: string;
  mapping?: string;
  saveMapping?: string;
  labels?: string;
  labelsId?: string;
  labelsActual?: string;
  labelsTime?: string;
  state?: string;
  restart?: boolean;
  rejectedOut?: string;
  url?: string;
  key?: string;
  retryFor?: number;
};

const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

export function addImportFlags(command: Command): Command {
  return command
    .requiredOption('--model <name>', 'model that the rows belong to; registered when it is new')
    .addOption(
      new Option('--as <role>', 'what the rows are: traffic, or the baseline that traffic is compared with')
        .choices(['current', 'reference'])
        .default('current'),
    )
    .option('--id <column>', 'id of a prediction; without one, file digest and row number')
    .option('--time <column>', 'when the prediction was made')
    .option('--time-zone <zone>', 'zone of times that say none (default: UTC)')
    .option('--time-format <format>', 'iso, unix_s, unix_ms, unix_us, unix_ns, or a pattern like %d.%m.%Y %H:%M')
    .option('--score <column>', 'score of the positive label')
    .option('--scores <columns>', 'scores of several classes, one column each', list)
    .option('--label <column>', 'predicted label')
    .option('--value <column>', 'predicted value of a regression')
    .option('--actual <column>', 'actual label or value, sent as feedback')
    .option('--label-time <column>', 'when the actual label was known')
    .option('--label-delay <duration>', 'the actual label was known so long after the prediction: 730d, 12h')
    .option('--features <columns>', 'features (default: every column with no other meaning)', list)
    .option('--exclude <columns>', 'columns that are no features', list)
    .option('--categorical <columns>', 'features whose numbers are codes', list)
    .option('--segments <columns>', 'dimensions to slice by', list)
    .option('--sensitive <columns>', 'protected attributes', list)
    .option('--version <version>', 'model version, or the column that has it')
    .option('--latency <column>', 'latency in milliseconds')
    .option('--positive-at <score>', 'a score of so much or more is positive', number)
    .option('--positive-label <label>', 'the label that counts as positive')
    .addOption(new Option('--task <task>', 'kind of model').choices(['binary', 'multiclass', 'regression']))
    .option('--mapping <file>', 'read the choices above from a YAML file; flags win over it')
    .option('--save-mapping <file>', 'write the choices made, proposals included, as such a file')
    .option('--labels <file>', 'actual labels in a file of their own')
    .option('--labels-id <column>', 'its column with the prediction id')
    .option('--labels-actual <column>', 'its column with the actual label or value')
    .option('--labels-time <column>', 'its column with the time the label was known')
    .addOption(new Option('--format <format>', 'format of the file').choices(['csv', 'ndjson', 'parquet']))
    .option('--delimiter <character>', 'delimiter of a CSV file')
    .option('--state <file>', 'where to note how far the import has come (default: in the data directory)')
    .option('--restart', 'begin again although an earlier run got further')
    .option('--rejected-out <file>', 'write refused rows here, one JSON object a line')
    .option('--url <url>', 'address of the server (default: the one configured here)')
    .option('--key <key>', 'API key (default: PLUMBLINE_KEY, or the key of this machine)')
    .option('--retry-for <seconds>', 'how long to wait for a server that is away or busy (default: 300)', number);
}

const choiceNames = [
  'id',
  'time',
  'timeFormat',
  'timeZone',
  'score',
  'scores',
  'label',
  'value',
  'actual',
  'labelTime',
  'labelDelay',
  'version',
  'latency',
  'features',
  'exclude',
  'categorical',
  'segments',
  'sensitive',
  'task',
  'positiveLabel',
  'positiveAt',
] as const satisfies readonly (keyof MappingChoices)[];

/** Flags over the mapping file. */
export function chosenIn(flags: ImportFlags): MappingChoices {
  const fromFile = flags.mapping === undefined ? {} : readMappingFile(flags.mapping);
  const fromFlags = Object.fromEntries(
    choiceNames.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])),
  );
  return { ...fromFile, ...fromFlags };
}

/** @throws CliError (usage) when a labels file comes without its columns, or columns without the file */
export function labelsIn({ labels, labelsId, labelsActual, labelsTime }: ImportFlags): LabelsFile | null {
  if (labels === undefined) {
    if (labelsId ?? labelsActual ?? labelsTime)
      throw usageError('--labels-id, --labels-actual and --labels-time need --labels FILE.');
    return null;
  }
  if (labelsId === undefined || labelsActual === undefined) {
    throw usageError(
      '--labels needs --labels-id COL and --labels-actual COL: which column joins, and which is the truth.',
    );
  }
  return { path: labels, id: labelsId, actual: labelsActual, time: labelsTime ?? null };
}
