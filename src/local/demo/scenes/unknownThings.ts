import { errorOf, rowsOf } from '../body.ts';
import { observation } from '../observation.ts';
import type { Scene } from '../scene.ts';

export const unknownThings: Scene = {
  title: 'What Defender does not know',
  async play({ ask, fleet: { unknownAlertId, unknownUser } }) {
    const alert = await ask(`/api/alerts/${unknownAlertId}/machine`);
    const user = await ask(`/api/users/${unknownUser}/machines`);
    const said = errorOf(alert.body);
    const rows = rowsOf(user.body)?.length;
    return [
      observation(`GET /api/alerts/${unknownAlertId}/machine`, `${alert.status} ${said?.code}: ${said?.message}`, {
        'status 404': alert.status === 404,
        "Defender's own error": said?.code === 'ResourceNotFound',
      }),
      observation(`GET /api/users/${unknownUser}/machines`, `${user.status}, ${rows} machines`, {
        'status 200': user.status === 200,
        'an empty list': rows === 0,
      }),
    ];
  },
};
