import type { Call } from '../../defender/call.ts';
import { type Reply, withHeaders } from '../../http/reply.ts';
import type { SourceName } from '../../snapshots/securityState.ts';

export interface StatesReply {
  readonly reply: Reply;
  /** Whose quota is told of. */
  readonly payer: Call;
}

/** Good news say which source they came from. */
export const ofSource = (reply: Reply, source: SourceName): Reply =>
  reply.status === 200 ? withHeaders(reply, { 'x-gateway-source': source }) : reply;
