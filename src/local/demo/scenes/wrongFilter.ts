import { errorOf } from '../body.ts';
import { observation } from '../observation.ts';
import type { Scene } from '../scene.ts';
import { arrivalsSoFar } from '../simulatorLog.ts';

export const wrongFilter: Scene = {
  title: 'A filter with a mistake',
  async play(stage) {
    const filter = "healthStatus EQ 'Active'";
    const before = await arrivalsSoFar(stage);
    const answer = await stage.ask(`/api/machines?$filter=${encodeURIComponent(filter)}`);
    const message = errorOf(answer.body)?.message;
    return [
      observation(`GET /api/machines?$filter=${filter}`, `${answer.status} ${message}`, {
        'status 400': answer.status === 400,
        'a message that names the character': /character \d+/.test(message ?? ''),
        'no call to Defender': (await arrivalsSoFar(stage)) === before,
      }),
    ];
  },
};
