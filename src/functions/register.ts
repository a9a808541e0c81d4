import {
  app,
  type HttpFunctionOptions,
  type HttpHandler,
  type HttpResponseInit,
  type TimerHandler,
} from '@azure/functions';
import { answeringFaults } from './answeringFaults.ts';
import { sentWhole } from './sentWhole.ts';
import { type HttpTrigger, httpTriggers, type TimerName, type TimerTrigger, timerTriggers } from './triggers.ts';

/** What functions do, by their names; asked at the first invocation. */
export interface Handlers {
  readonly http: (name: string) => Promise<HttpHandler>;
  readonly timer: (name: TimerName) => Promise<TimerHandler>;
}

/** Tells Azure of every function. @param schedules of the timers, by the names of their settings */
export const register = (handlers: Handlers, schedules: Readonly<Record<TimerTrigger['schedule'], string>>): void => {
  for (const trigger of httpTriggers) app.http(trigger.name, httpOptions(trigger, handlers));
  for (const { name, schedule } of timerTriggers) {
    app.timer(name, {
      schedule: schedules[schedule],
      handler: async (timer, context) => (await handlers.timer(name))(timer, context),
    });
  }
};

const httpOptions = ({ name, route, methods, authLevel }: HttpTrigger, { http }: Handlers): HttpFunctionOptions => ({
  route,
  methods: [...methods],
  authLevel,
  handler: wholly(answeringFaults(async (request, context) => (await http(name))(request, context))),
});

const wholly =
  (handler: HttpHandler): HttpHandler =>
  async (request, context) =>
    sentWhole((await handler(request, context)) as HttpResponseInit);
