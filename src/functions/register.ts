import { app, type HttpFunctionOptions, type HttpHandler, type HttpResponseInit } from '@azure/functions';
import { answeringFaults } from './answeringFaults.ts';
import { sentWhole } from './sentWhole.ts';
import { type HttpTrigger, httpTriggers } from './triggers.ts';

/** Tells Azure of every function. @param handlerOf by the function's name; asked at the first request */
export const register = (handlerOf: (name: string) => Promise<HttpHandler>): void => {
  for (const trigger of httpTriggers) app.http(trigger.name, optionsOf(trigger, handlerOf));
};

const optionsOf = (
  { name, route, methods, authLevel }: HttpTrigger,
  handlerOf: (name: string) => Promise<HttpHandler>,
): HttpFunctionOptions => ({
  route,
  methods: [...methods],
  authLevel,
  handler: wholly(answeringFaults(async (request, context) => (await handlerOf(name))(request, context))),
});

const wholly =
  (handler: HttpHandler): HttpHandler =>
  async (request, context) =>
    sentWhole((await handler(request, context)) as HttpResponseInit);
