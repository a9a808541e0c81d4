/** What several events say of one alert, as one: an alert and its evidence, or the same alert from two feeds. */
import { alertKeyOf, type Product, productInPrefix, productOf, raisedAt } from '../alertId.ts';
import type { AlertRecord } from '../record.ts';
import type { AlertReference, SourceName } from '../reference.ts';

export interface Said {
  readonly key: string;
  /** As of `AlertRecord`. */
  readonly alertId: string;
  readonly product: Product;
  readonly machineIds: readonly string[];
  readonly sources: readonly SourceName[];
  readonly receivedAt: string;
  readonly raisedAt: string | undefined;
  /** What came first. */
  readonly original: string;
}

/** Machines of one alert that are looked up; what names more is an incident of a fleet, and its first ones do. */
export const mostMachines = 500;

/** One for each alert, in the order they first stand in. */
export const mergedByAlert = (references: readonly AlertReference[]): readonly Said[] => {
  const byKey = new Map<string, Said>();
  for (const reference of references) {
    const said = saidOf(reference);
    const before = byKey.get(said.key);
    byKey.set(said.key, before ? { ...before, ...together(before, said) } : said);
  }
  return [...byKey.values()];
};

const saidOf = ({ alertId, product, machineIds, source, receivedAt, ...rest }: AlertReference): Said => ({
  key: alertKeyOf(alertId),
  alertId,
  product: productInPrefix(alertId) ?? product ?? productOf(alertId),
  machineIds: union(machineIds, []),
  sources: [source],
  receivedAt,
  raisedAt: rest.raisedAt ?? instantOf(raisedAt(alertId)),
  original: rest.original,
});

const instantOf = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();

type Addable = Pick<AlertRecord, 'alertId' | 'product' | 'machineIds' | 'sources' | 'raisedAt'>;

/** Of two that speak of one alert, the letters in front of its id are right; where neither has them, whoever knows it as Defender's. */
const together = (known: Addable, said: Said): Addable => {
  const alertId = [known.alertId, said.alertId].find(productInPrefix) ?? known.alertId;
  return { ...addedTo(known, said), alertId, product: productInPrefix(alertId) ?? eitherOf(known, said) };
};

const eitherOf = (known: Addable, said: Said): Product => (known.product === 'defender' ? 'defender' : said.product);

const addedTo = (known: Addable, said: Said): Pick<Addable, 'machineIds' | 'sources' | 'raisedAt'> => ({
  machineIds: union(known.machineIds, said.machineIds),
  sources: union(known.sources, said.sources),
  raisedAt: known.raisedAt ?? said.raisedAt,
});

const union = <T>(known: readonly T[], added: readonly T[]): readonly T[] =>
  [...new Set([...known, ...added])].slice(0, mostMachines);

/** A record with what else was said of its alert; itself where nothing is new. */
export const withSaid = (record: AlertRecord, said: Said): AlertRecord => {
  const next = together(record, said);
  const isSame =
    next.alertId === record.alertId &&
    next.product === record.product &&
    next.raisedAt === record.raisedAt &&
    next.machineIds.length === record.machineIds.length &&
    next.sources.length === record.sources.length;
  return isSame ? record : { ...record, ...next };
};
