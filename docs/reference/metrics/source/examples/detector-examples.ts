import { adwinMean, adwinStart, adwinStep } from '../../../../../server/metrics/change/adwin.ts';
import { scanStream } from '../../../../../server/metrics/change/change-step.ts';
import { cusumStart, cusumStep } from '../../../../../server/metrics/change/cusum.ts';
import { ddmStart, ddmStep } from '../../../../../server/metrics/change/ddm.ts';
import { ewmaStart, ewmaStep } from '../../../../../server/metrics/change/ewma.ts';
import { pageHinkleyStart, pageHinkleyStep } from '../../../../../server/metrics/change/page-hinkley.ts';

/** Worked examples of change detectors by id: the page prints the body and what it returns. */
export const detectorExamples: Record<string, () => unknown> = {
  page_hinkley() {
    const losses = Array.from({ length: 80 }, (_, i) => (i < 50 ? 0 : 1) + (i % 2) / 10);
    return scanStream(losses, pageHinkleyStart, (state, x) => pageHinkleyStep(state, x, { limit: 5 })).alarms;
  },
  cusum() {
    const values = Array.from({ length: 80 }, (_, i) => (i < 50 ? 0 : 1.5) + (i % 2 === 0 ? 0.5 : -0.5));
    return scanStream(values, cusumStart({ mean0: 0, std0: 1 }), (state, x) => cusumStep(state, x)).alarms;
  },
  ewma() {
    const values = Array.from({ length: 80 }, (_, i) => (i < 50 ? 0 : 1.5) + (i % 2 === 0 ? 0.5 : -0.5));
    return scanStream(values, ewmaStart({ mean0: 0, std0: 1 }), (state, x) => ewmaStep(state, x)).alarms;
  },
  ddm() {
    const errors = Array.from({ length: 400 }, (_, i) => (i % (i < 300 ? 10 : 3) === 0 ? 1 : 0));
    const { alarms, warnings } = scanStream(errors, ddmStart, (state, x) => ddmStep(state, { errors: x, outcomes: 1 }));
    return { alarms, firstWarning: warnings[0] };
  },
  adwin() {
    const values = Array.from({ length: 600 }, (_, i) => (i < 300 ? 0.2 : 0.6) + (i % 5) / 50);
    const { alarms, state } = scanStream(values, adwinStart, (before, x) => adwinStep(before, x));
    return { alarms, mean: adwinMean(state) };
  },
};
