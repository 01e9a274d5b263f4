/** Type and nullability of each field, by name. */
export type FieldSchema = { type: string; isNullable?: boolean };

export type SchemaSeverity = 'none' | 'info' | 'warning' | 'critical';

export type SchemaChange = {
  added: string[];
  removed: string[];
  typeChanged: string[];
  /** May be null now and could not before, or the other way round. */
  nullabilityChanged: string[];
  /** removed or type changed: critical; nullability: warning; added: info. */
  severity: SchemaSeverity;
  isBreached: boolean;
};

/**
 * Schema change: do the fields that arrive still have the names and types of the reference?
 *
 * Reading: a removed field or another type is critical, because the model then sees a default or nothing; another
 * nullability is a warning; an added field is information.
 * Definition: names and types compared with the reference schema; lists in order of names. A fact about the window, not
 * an estimate: it has no n and no interval.
 *
 * @param reference schema of the reference
 * @param current schema of the window; nullability is compared where both sides state it
 *
 * Reference: Breck et al. 2019, *Data Validation for Machine Learning*, SysML. Cost: O(fields).
 *
 * @example
 * schemaChange(new Map([['age', { type: 'int' }]]), new Map([['age', { type: 'float' }]])).typeChanged; // ['age']
 */
export function schemaChange(
  reference: ReadonlyMap<string, FieldSchema>,
  current: ReadonlyMap<string, FieldSchema>,
): SchemaChange {
  const kept = [...reference.keys()].filter((name) => current.has(name)).sort();
  const differ = (name: string, of: (field: FieldSchema | undefined) => unknown): boolean =>
    of(reference.get(name)) !== of(current.get(name));
  const added = [...current.keys()].filter((name) => !reference.has(name)).sort();
  const removed = [...reference.keys()].filter((name) => !current.has(name)).sort();
  const typeChanged = kept.filter((name) => differ(name, (field) => field?.type));
  const nullabilityChanged = kept.filter(
    (name) =>
      reference.get(name)?.isNullable !== undefined &&
      current.get(name)?.isNullable !== undefined &&
      differ(name, (field) => field?.isNullable),
  );
  const severity = severityOf({ added, removed, typeChanged, nullabilityChanged });
  return {
    added,
    removed,
    typeChanged,
    nullabilityChanged,
    severity,
    isBreached: severity === 'critical' || severity === 'warning',
  };
}

function severityOf(change: Omit<SchemaChange, 'severity' | 'isBreached'>): SchemaSeverity {
  if (change.removed.length + change.typeChanged.length > 0) return 'critical';
  if (change.nullabilityChanged.length > 0) return 'warning';
  return change.added.length > 0 ? 'info' : 'none';
}
