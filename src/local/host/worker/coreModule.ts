import Module from 'node:module';

/**
 * Lets every `require('@azure/functions-core')` of this process have `coreApi`, as the real worker does.
 *
 * Apps reach it through the library alone, which asks for it when it first registers something.
 */
export const provideCoreModule = (coreApi: object): void => {
  const prototype: { require: (id: string) => unknown } = Module.prototype;
  const requireBefore = prototype.require;
  prototype.require = function (this: unknown, id: string) {
    return id === '@azure/functions-core' ? coreApi : requireBefore.call(this, id);
  };
};
