import type { Looking } from '../../operations/looking.ts';
import type { Parking } from '../../operations/parking.ts';
import type { Services } from '../services.ts';

/** What the functions of operations work with. */
export interface OperationServices {
  readonly parking: Parking;
  readonly looking: Looking;
}

export type ForOperations = Pick<Services, 'clock'> & { readonly operations: OperationServices };
