/** A fresh process that loads one app as the host's worker does, and is over. */
import { loadApp } from '../../../src/local/host/worker/appLoader.ts';
import { createCoreApi } from '../../../src/local/host/worker/coreApi.ts';
import { provideCoreModule } from '../../../src/local/host/worker/coreModule.ts';
import { emptyApp } from '../../../src/local/host/worker/workerApp.ts';
import { createWorkerLog } from '../../../src/local/host/worker/workerLog.ts';

const [folder = ''] = process.argv.slice(2);
const app = emptyApp();
provideCoreModule(
  createCoreApi(
    app,
    createWorkerLog(app, () => undefined),
  ),
);
await loadApp(app, folder);
process.exit();
