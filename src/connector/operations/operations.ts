import type { Operation } from '../operation.ts';
import { alertOperations } from './alertOperations.ts';
import { defenderOperations } from './defenderOperations.ts';
import { gatewayOperations } from './gatewayOperations.ts';
import { machineOperations } from './machineOperations.ts';
import { snapshotOperations } from './snapshotOperations.ts';

/**
 * All of them: one for each address and method that Azure is told of (`functions/triggers.ts`). The versioned names of Defender's calls are
 * left out, for they are the same calls.
 */
export const operations: readonly Operation[] = [
  ...machineOperations,
  ...defenderOperations,
  ...snapshotOperations,
  ...alertOperations,
  ...gatewayOperations,
];
