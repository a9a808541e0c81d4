import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { tokenLines } from '../../../src/local/stack/command/tokenLines.ts';
import { startExampleIssuer } from '../../../src/local/stack/entraParts.ts';
import { admin, playbook } from '../../../src/local/stack/exampleCallers.ts';

const run = promisify(execFile);

describe('the lines that get tokens', () => {
  it('leave them in the variables of the shell that runs them', async () => {
    const issuer = await startExampleIssuer(0, () => undefined);
    const script = [...tokenLines(issuer), 'echo "$T"', 'echo "$A"'].join('\n');
    const { stdout } = await run('sh', ['-c', script], { env: { PATH: '/usr/bin:/bin', NO_PROXY: '*' } });
    await issuer.stop();
    const [ofPlaybook = '', ofAdmin = ''] = stdout.trim().split('\n');
    expect(decodeJwt(ofPlaybook)).toMatchObject({ azp: playbook.id, roles: ['Machines.Read', 'Alerts.Enrich'] });
    expect(decodeJwt(ofAdmin)).toMatchObject({ azp: admin.id, roles: ['Gateway.Admin'] });
  });
});
