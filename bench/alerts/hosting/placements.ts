/** Which functions run where: on Flex Consumption those with an HTTP trigger share their instances, every other has instances of its own. */
export interface Placement {
  readonly name: string;
  readonly functions: readonly string[];
  readonly instances: number;
}

/** @param busy instances of each function that has much to do */
export const placementsOf = (busy: number): readonly Placement[] => [
  { name: 'http', functions: ['http'], instances: busy },
  { name: 'enrichAlert', functions: ['enrichAlert'], instances: busy },
  { name: 'deliverResult', functions: ['deliverResult'], instances: busy },
  { name: 'receiveAlert', functions: ['receiveAlert'], instances: 1 },
  { name: 'alertRaised', functions: ['alertRaised'], instances: 1 },
  { name: 'sweepAlerts', functions: ['sweepAlerts'], instances: 1 },
];
