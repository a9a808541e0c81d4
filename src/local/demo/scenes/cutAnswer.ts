import { rowsOf } from '../body.ts';
import { observation } from '../observation.ts';
import type { Scene } from '../scene.ts';

export const cutAnswer: Scene = {
  title: 'An answer that Defender cuts',
  async play({ ask, fleet: { domainOfMostMachines: domain } }) {
    const answer = await ask(`/api/domains/${domain}/machines`);
    const rows = rowsOf(answer.body)?.length;
    const warning = answer.headers.get('x-gateway-warning');
    return [
      observation(`GET /api/domains/${domain}/machines`, `${answer.status}, ${rows} machines. Warning: ${warning}`, {
        'status 200': answer.status === 200,
        '500 machines': rows === 500,
        'a warning that names the number': warning?.includes('500') === true,
      }),
    ];
  },
};
