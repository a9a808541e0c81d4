const { app } = require('@azure/functions');

app.setup({ enableHttpStream: false });

/** Says which function answered, and all that it was given. */
const seen = async (request, context) => ({
  jsonBody: {
    function: context.functionName,
    invocationId: context.invocationId,
    traceContext: context.traceContext,
    method: request.method,
    url: request.url,
    params: request.params,
    query: Object.fromEntries(request.query),
    headers: Object.fromEntries(request.headers),
  },
});

const get = (name, route, more = {}) =>
  app.http(name, { methods: ['GET'], route, authLevel: 'anonymous', handler: seen, ...more });

get('machines', 'api/machines');
get('machine', 'api/machines/{id}');
get('userMachines', 'api/users/{id}/machines');
get('batch', 'api/$batch');
get('quota', 'gateway/quota');
get('numbered', 'numbers/{number:int:range(1,10)}/{part?}');
get('files', 'files/{*path}');
get('defaultRoute', undefined);
get('withFunctionKey', 'keys/function', { authLevel: 'function' });
get('withMasterKey', 'keys/admin', { authLevel: 'admin' });
app.http('headed', {
  methods: ['GET', 'HEAD', 'OPTIONS'],
  route: 'headed',
  authLevel: 'anonymous',
  handler: async ({ method }) => ({ headers: { 'x-method': method }, body: 'nineteen characters' }),
});
