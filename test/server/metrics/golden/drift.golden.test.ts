import { driftCountsRunners } from './drift-counts-runners.ts';
import { driftRowsRunners } from './drift-rows-runners.ts';
import { describeGoldenFamily } from './golden-family.ts';

describeGoldenFamily('drift', { ...driftCountsRunners, ...driftRowsRunners });
