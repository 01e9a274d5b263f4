import { metricCatalog } from '../../../../server/metrics/metric-catalog.ts';
import { detectorPage, detectors } from './detector-page.ts';
import { indexPage } from './index-page.ts';
import { metricPage } from './metric-page.ts';

/** Every page of the metric reference: file name → text. Depends on nothing but the catalogue and the sources. */
export function metricDocs(): Map<string, string> {
  return new Map([
    ['README.md', indexPage(metricCatalog)],
    ...metricCatalog.map((entry): [string, string] => [`${entry.id}.md`, metricPage(entry)]),
    ...detectors.map((detector): [string, string] => [`${detector.id}.md`, detectorPage(detector)]),
  ]);
}
