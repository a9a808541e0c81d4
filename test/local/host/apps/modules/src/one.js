import { env } from 'node:process';
import { app } from '@azure/functions';

const { WHO = 'nobody' } = env;

app.get('one', async () => ({ body: `one of ${WHO}` }));
app.get('two', async () => ({ body: 'two' }));
app.get('three', async () => ({ body: 'three' }));
