import { type Command } from 'commander';
import { describeConfig } from '../config.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { runDoctor } from './doctor.ts';
import { productVersion } from './product-version.ts';

export function addSmallCommands(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .description('check that this machine can run Plumbline')
    .action(() => doctor(context));
  program
    .command('config')
    .description('the configuration')
    .command('print')
    .description('every setting, its value and where it came from; secrets are masked')
    .action(() => printConfig(context));
  program
    .command('version')
    .description('the version of Plumbline')
    .action(() => printVersion(context));
}

async function doctor({ config, terminal }: CliContext): Promise<void> {
  const checks = await runDoctor(config().config);
  const isHealthy = checks.every(({ status }) => status !== 'failed');
  terminal.result(
    { ok: isHealthy, checks },
    checks.map(({ name, status, detail }) => `${status.padEnd(8)} ${name.padEnd(15)} ${detail}`),
  );
  if (!isHealthy) throw new CliError('Mend what failed, then run plumbline doctor again.');
}

function printConfig({ config, terminal }: CliContext): void {
  const settings = describeConfig(config());
  terminal.result(
    settings,
    settings.map(({ name, value, origin, about }) => `${name}: ${JSON.stringify(value)}  # ${origin}; ${about}`),
  );
}

function printVersion({ terminal }: CliContext): void {
  const { version, commit } = productVersion();
  const object = { version, commit, node: process.versions.node };
  terminal.result(object, [`plumbline ${version}${commit === null ? '' : ` (${commit})`}, node ${object.node}`]);
}
