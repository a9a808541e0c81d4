/**
 * What the Functions worker gives to the library, for tests: it keeps what the app registers, and runs a function through the
 * official invocation model, in the worker's order.
 */

/** The parts of the worker protocol that these tests use. */
interface TypedData {
  readonly bytes?: Uint8Array;
  readonly http?: Readonly<Record<string, unknown>> & {
    readonly statusCode?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: TypedData;
  };
}

interface Metadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Invocation {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], callback: unknown): Promise<unknown>;
  getResponse(context: object, result: unknown): Promise<{ returnValue?: TypedData }>;
}

interface Model {
  getInvocationModel(context: object): Invocation;
}

export const version = '3.17.3';
export const hostVersion = '4.1056.100';

const functions = new Map<string, { metadata: Metadata; callback: unknown }>();
let model: Model | undefined;

export class Disposable {
  dispose(): void {}
}

export const registerFunction = (metadata: Metadata, callback: unknown): Disposable => {
  functions.set(metadata.name, { metadata, callback });
  return new Disposable();
};
export const registerHook = (): Disposable => new Disposable();
export const log = (): void => {};
export const setProgrammingModel = (given: Model): void => {
  model = given;
};
export const getProgrammingModel = (): Model | undefined => model;

/** What the app told Azure, by name. */
export const registered = (): ReadonlyMap<string, { metadata: Metadata }> => functions;

/** Runs one function as the worker does. */
export const invoke = async (name: string, data: TypedData): Promise<{ returnValue?: TypedData }> => {
  const found = functions.get(name);
  if (!found || !model) throw new Error(`no function is named ${name}`);
  const context = {
    invocationId: '00000000-0000-0000-0000-000000000001',
    metadata: found.metadata,
    request: { inputData: [{ name: Object.keys(found.metadata.bindings)[0] ?? '', data }], triggerMetadata: {} },
    log: () => {},
  };
  const invocation = model.getInvocationModel(context);
  const { context: given, inputs } = await invocation.getArguments();
  const result = await invocation.invokeFunction(given, inputs, found.callback);
  return invocation.getResponse(given, result);
};
