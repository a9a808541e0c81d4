import { openDoor } from '../../../src/local/stack/door.ts';
import { checkPorts, freePorts } from '../../../src/local/stack/ports.ts';

describe('the ports of a stack', () => {
  it('may all be free ones', async () => {
    await expect(checkPorts(freePorts)).resolves.toBeUndefined();
  });

  it('are named with their option when they are taken', async () => {
    const door = await openDoor();
    await expect(checkPorts({ ...freePorts, identity: door.port })).rejects.toThrow(
      `port ${door.port} is taken; stop what uses it, or give --identity-port another, or 0 for a free one`,
    );
    door.close();
  });

  it('may not be given twice', async () => {
    const ports = { ...freePorts, host: 40_123, tables: 40_123 };
    await expect(checkPorts(ports)).rejects.toThrow('port 40123 is given twice, by --port and --table-port');
  });
});
