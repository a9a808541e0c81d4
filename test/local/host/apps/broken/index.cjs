const { app } = require('@azure/functions');

app.get('fine', async () => ({}));
require('./notThere.cjs');
