/** A gateway, seen by who holds a key to its functions: which alerts failed, and alerts that begin anew. */
import * as z from 'zod';
import { type AskGateway, GatewayFault } from '../gateway/askGateway.ts';

export interface ReplayClient {
  /** Ids of alerts that failed: a thousand at most, the rest when these are replayed. @throws GatewayFault */
  failed(): Promise<readonly string[]>;
  /** @throws GatewayFault where the gateway did not answer, or could not tell */
  replay(id: string): Promise<Replayed>;
}

/** `hurried`: it waited, and is tried at once. `refused`: the gateway does not know it, or it is no alert's id. */
export type Replayed =
  | { readonly kind: 'replayed' | 'hurried' }
  | { readonly kind: 'refused'; readonly message: string };

const failedAlerts = z.object({ value: z.array(z.object({ alertId: z.string() })) });
const replayed = z.object({ status: z.enum(['replayed', 'hurried']) });

export const replayClient = (ask: AskGateway): ReplayClient => ({
  async failed() {
    const { value } = failedAlerts.parse(await (await ask('/gateway/alerts?state=failed&$top=1000')).json());
    return value.map(({ alertId }) => alertId);
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
