import * as fc from 'fast-check';

/**
 * Holds a property against many cases; a failure prints its seed and the smallest case.
 *
 * @throws for an asynchronous property, which nobody would wait for: `await fc.assert(fc.asyncProperty(…))`
 */
export const law = <T>(property: fc.IProperty<T>, numRuns = 1000): void => {
  if (property.isAsync()) throw new TypeError('an asynchronous property: await fc.assert(fc.asyncProperty(…))');
  void fc.assert(property, { numRuns });
};
