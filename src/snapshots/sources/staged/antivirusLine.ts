import type { AntivirusRow } from '../composing/antivirusRow.ts';
import { fieldsOf, lineOf } from './line.ts';

export const writeAntivirus = ({ id, osVersion, isDisabled, update, refreshedAt }: AntivirusRow): string =>
  lineOf([id, osVersion, updates.indexOf(update), isDisabled ? 1 : 0, refreshedAt?.toString(36) ?? null]);

export const readAntivirus = (line: string): AntivirusRow => {
  const [id = '', osVersion, update, isDisabled, refreshedAt] = fieldsOf(line);
  return {
    id,
    osVersion: osVersion || null,
    isDisabled: isDisabled === '1',
    update: updates[Number(update)] ?? 'unknown',
    refreshedAt: refreshedAt ? Number.parseInt(refreshedAt, 36) : null,
  };
};

const updates = ['upToDate', 'outOfDate', 'unknown'] as const;
