import type { FeatureDefinition, ModelDefinition } from '../../server/domain/model.ts';

/** A model's definition, indexed for writing rows. */
export type ModelPlan = {
  definition: ModelDefinition;
  id: string;
  slots: Map<string, FeatureDefinition>;
  numericN: number;
  categoricalN: number;
  segments: Map<string, number>;
  groups: Map<string, number>;
  classes: Map<string, number>;
  versions: Set<string>;
  /** Names that the registry was told of and did not adopt: `feature/x`, `segment/x`; they go beside the schema. */
  noted: Set<string>;
};

export type VersionsOfModel = { model: string; versions: string[] };

const NOTED_MAX = 10_000;
export const versionsOfModelMax = 1_000;

const positions = (names: string[]) => new Map(names.map((name, i) => [name, i]));

/** What one parser thread knows of the registry; main sends it every change. */
export class SchemaBook {
  private readonly plans = new Map<string, ModelPlan>();

  get size(): number {
    return this.plans.size;
  }

  plan(model: string): ModelPlan | undefined {
    return this.plans.get(model);
  }

  apply(definitions: readonly ModelDefinition[], versions: readonly VersionsOfModel[]): void {
    for (const definition of definitions)
      this.plans.set(definition.id, planOf(definition, this.plans.get(definition.id)));
    for (const { model, versions: known } of versions) {
      const plan = this.plans.get(model);
      for (const version of known) plan?.versions.add(version);
    }
  }
}

export function isNoted(plan: ModelPlan, name: string): boolean {
  return plan.noted.has(name) || plan.noted.size >= NOTED_MAX;
}

export function note(plan: ModelPlan, name: string): void {
  if (plan.noted.size < NOTED_MAX) plan.noted.add(name);
}

function planOf(definition: ModelDefinition, previous: ModelPlan | undefined): ModelPlan {
  const numericN = definition.features.filter(({ kind }) => kind === 'numeric').length;
  return {
    definition,
    id: definition.id,
    slots: new Map(definition.features.map((feature) => [feature.name, feature])),
    numericN,
    categoricalN: definition.features.length - numericN,
    segments: positions(definition.segments),
    groups: positions(definition.sensitiveFeatures),
    classes: positions(definition.classes),
    versions: previous?.versions ?? new Set(),
    noted: previous?.noted ?? new Set(),
  };
}
