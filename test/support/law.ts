import * as fc from 'fast-check';

/** Holds a property against many cases; a failure prints its seed and the smallest case. */
export const law = <T>(property: fc.IProperty<T>, numRuns = 1000): void => {
  void fc.assert(property, { numRuns });
};
