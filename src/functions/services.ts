import type { HttpHandler, HttpMethod } from '@azure/functions';
import type { Defender } from '../defender/client.ts';

/** What functions work with; made in `src/index.ts`. */
export interface Services {
  readonly defender: Defender;
}

/** A function that answers HTTP: what Azure is told of it, and what it does. */
export interface HttpFunction {
  readonly name: string;
  /** Without a slash in front; the route prefix is empty. */
  readonly route: string;
  readonly methods: readonly HttpMethod[];
  /** Written out always: the library's default is anonymous. */
  readonly authLevel: 'anonymous' | 'function' | 'admin';
  readonly handler: HttpHandler;
}
