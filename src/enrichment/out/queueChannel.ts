import { mostMessageBytes } from '../../storage/messageSize.ts';
import type { Queue } from '../../storage/queue.ts';
import { told } from '../../toldFault.ts';
import type { Channel } from './channel.ts';
import { fitting } from './claim.ts';

/** Results as messages of a queue: an event each, or its claim where it is longer than 48 KiB. */
export const queueChannel = (queue: Queue): Channel => ({
  name: 'queue',
  async send(event) {
    try {
      await queue.send(fitting(event, mostMessageBytes));
      return { kind: 'sent' };
    } catch (fault) {
      return { kind: 'failed', reason: told(fault) };
    }
  },
});
