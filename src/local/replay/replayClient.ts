/** A gateway, seen by who holds a key to its functions: which alerts failed, and alerts that begin anew. */
import * as z from 'zod';
import { type AskGateway, GatewayFault } from '../gateway/askGateway.ts';

export interface ReplayClient {
  /** A page of those that failed. @param page which one: `next` of the page before @throws GatewayFault */
  failed(page?: string): Promise<FailedPage>;
  /** @throws GatewayFault where the gateway did not answer, or could not tell */
  replay(id: string): Promise<Replayed>;
}

export interface FailedPage {
  /** Ids of alerts, what ended first before others. */
  readonly alerts: readonly string[];
  /** Undefined: it is the last one. */
  readonly next: string | undefined;
}

/** `hurried`: it waited, and is tried at once. `refused`: the gateway does not know it, or it is no alert's id. */
export type Replayed =
  | { readonly kind: 'replayed' | 'hurried' }
  | { readonly kind: 'refused'; readonly message: string };

const failedAlerts = z.object({
  value: z.array(z.object({ alertId: z.string() })),
  '@odata.nextLink': z.url().optional(),
});
const replayed = z.object({ status: z.enum(['replayed', 'hurried']) });

export const replayClient = (ask: AskGateway): ReplayClient => ({
  async failed(page = '/gateway/alerts?state=failed&$top=1000') {
    const { value, '@odata.nextLink': next } = failedAlerts.parse(await (await ask(page)).json());
    return { alerts: value.map(({ alertId }) => alertId), next: next && pathOf(next) };
  },
  async replay(id) {
    try {
      const answer = await ask(`/gateway/alerts/${encodeURIComponent(id)}/replay`, {});
      return { kind: replayed.parse(await answer.json()).status };
    } catch (fault) {
      if (fault instanceof GatewayFault && (fault.status === 404 || fault.status === 400)) {
        return { kind: 'refused', message: fault.said ?? fault.message };
      }
      throw fault;
    }
  },
});

/** The key goes nowhere but to the gateway that was named. */
const pathOf = (link: string): string => {
  const { pathname, search } = new URL(link);
  return pathname + search;
};
