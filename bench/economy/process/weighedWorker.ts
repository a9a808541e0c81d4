/** The host's worker as it is; told by a signal, it writes down how much memory it has. */
import '../../../src/local/host/worker.ts';
import { weigh, weightMark } from './weigh.ts';

process.on('SIGUSR2', () => void weigh().then((weight) => console.log(weightMark + JSON.stringify(weight))));
