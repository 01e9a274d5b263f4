import type { ModelDefinition } from '../server/domain/model.ts';
import type { Logger } from '../server/ports/logger.ts';
import type { SchemaProposal, SchemaSource } from '../server/ports/schema-source.ts';
import type { ToWorker } from './worker/worker-messages.ts';

type SchemaMessage = Extract<ToWorker, { type: 'schema' }>;
type Listener = (message: SchemaMessage) => void;

/** Tells every parser thread what changed in the registry, and the registry what the threads saw. */
export class SchemaFeed {
  private readonly source: SchemaSource;
  private readonly logger: Logger;
  private readonly listeners = new Set<Listener>();
  private readonly revisions = new Map<string, number>();
  private readonly unsubscribe: () => void;

  constructor(source: SchemaSource, logger: Logger) {
    this.source = source;
    this.logger = logger;
    for (const { id, revision } of source.models()) this.revisions.set(id, revision);
    this.unsubscribe = source.onChange((models) => this.publish(models));
  }

  /** Everything there is now, then every change. */
  subscribe(listener: Listener): () => void {
    listener(this.messageOf(this.source.models()));
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** False when the registry could not be written. The threads know the new schema before this resolves. */
  async extend(proposals: SchemaProposal[]): Promise<boolean> {
    try {
      const extended = await this.source.extend(proposals);
      const named = new Set(proposals.map(({ model }) => model));
      this.tell(extended.filter(({ id }) => named.has(id)));
      return true;
    } catch (error) {
      const models = proposals.map(({ model }) => model);
      this.logger.error({ err: error, models }, 'the model registry cannot be written; check its disk and storage');
      return false;
    }
  }

  close(): void {
    this.unsubscribe();
    this.listeners.clear();
  }

  private publish(models: readonly ModelDefinition[]): void {
    this.tell(models.filter(({ id, revision }) => this.revisions.get(id) !== revision));
  }

  private tell(models: readonly ModelDefinition[]): void {
    if (models.length === 0) return;
    for (const { id, revision } of models) this.revisions.set(id, revision);
    const message = this.messageOf(models);
    for (const listener of this.listeners) listener(message);
  }

  private messageOf(models: readonly ModelDefinition[]): SchemaMessage {
    const versions = models.map(({ id }) => ({ model: id, versions: [...this.source.knownVersions(id)] }));
    return { type: 'schema', models, versions };
  }
}
