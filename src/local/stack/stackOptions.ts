import type { HostEvent } from '../host/hostEvent.ts';
import type { SimulatorOptions } from '../simulator/options.ts';
import type { Ports } from './ports.ts';
import type { StackData } from './stackData.ts';

export interface StackOptions {
  /** Where package.json and host.json are. */
  readonly appRoot: string;
  /** The built worker. */
  readonly workerPath: string;
  /** Free ones unless told. */
  readonly ports?: Partial<Ports>;
  readonly data: StackData;
  readonly simulator?: Omit<SimulatorOptions, 'port' | 'log'>;
  /** For the hosts. The addresses of what the stack itself starts go over it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Functions hosts around the one storage, 1 unless told; those after the first have free ports. */
  readonly hosts?: number;
  /** How callers are known: by function keys unless told, or by tokens, with an issuer of them and a front that asks for them. */
  readonly auth?: 'key' | 'entra';
  /** Of each host: when a queue's message is there again whose host died; 600 unless told. */
  readonly messageLeaseSeconds?: number | undefined;
  readonly log?: (event: StackEvent) => void;
}

/** What happens in a stack. */
export type StackEvent =
  /** `number` counts the hosts from 1. */
  | { readonly kind: 'host'; readonly number: number; readonly event: HostEvent }
  | { readonly kind: 'simulator' | 'identity' | 'issuer'; readonly line: string }
  /** Storage is gone, and nobody asked for it: there is nothing to do but stop. */
  | { readonly kind: 'storageEnded'; readonly how: string };
