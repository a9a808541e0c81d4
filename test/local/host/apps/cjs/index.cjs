const { app } = require('@azure/functions');

app.setup({ enableHttpStream: false });

const seen = async (request) => ({
  jsonBody: {
    method: request.method,
    url: request.url,
    params: request.params,
    query: Object.fromEntries(request.query),
    headers: Object.fromEntries(request.headers),
  },
});
app.http('hello', { route: 'api/hello/{name?}', authLevel: 'anonymous', handler: seen });
