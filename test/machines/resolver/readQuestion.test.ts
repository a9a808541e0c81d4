import { askedText } from '../../../src/machines/resolver/question.ts';
import { readResolveQuestion } from '../../../src/machines/resolver/readQuestion.ts';

const read = (...members: (readonly [string, unknown])[]) => readResolveQuestion(members);
const understood = (kind: string, written: string) => {
  const result = read([kind, written]);
  return result.kind === 'question' ? askedText(result.question) : result.message;
};

describe('a host name', () => {
  it.each([
    ['srv02', 'srv02'],
    ['SRV02', 'srv02'],
    [' srv02.Contoso.com. ', 'srv02.contoso.com'],
    ['SRV02$', 'srv02'],
    ['CONTOSO\\SRV02$', 'srv02'],
    ['C-Lab_31', 'c-lab_31'],
    ['büro-münchen', 'büro-münchen'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
    ['10', '10'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  ])('%j is understood as %j', (written, name) => {
    expect(understood('hostName', written)).toBe(name);
  });

  it('is a first label and what follows it', () => {
    expect(read(['hostName', 'srv02.corp.contoso.com'])).toEqual({
      kind: 'question',
      question: { kind: 'hostName', name: { label: 'srv02', domain: 'corp.contoso.com' } },
    });
    expect(read(['hostName', 'SRV02'])).toEqual({
      kind: 'question',
      question: { kind: 'hostName', name: { label: 'srv02' } },
    });
  });

  it.each([
    ['', 'hostName: it is empty'],
    ['  ', 'hostName: it is empty'],
    ['CONTOSO\\', 'hostName: it is empty'],
    ['$', 'hostName: it is empty'],
    ['.', 'hostName: it is empty'],
    ['a'.repeat(256), 'hostName: it has 256 characters; 255 are the most'],
    ['srv02..contoso.com', 'a part between its dots is empty'],
    ['.contoso.com', 'a part between its dots is empty'],
    ['srv 02', 'it holds a blank'],
    ['srv\n02', 'it holds a blank'],
    ['srv\u000002', 'it holds a control character'],
    ["srv'02", "it holds '"],
    ['"srv02"', 'it holds "'],
    ['srv*', 'names are compared whole'],
    ['srv0?', 'names are compared whole'],
    ['srv%', 'names are compared whole'],
    ['host/srv02', 'it holds /; write the name alone'],
    ['https://srv02', 'it holds :; write the name alone'],
    ['\\\\srv02\\share', 'it holds \\; write the name alone'],
    ['srv02,srv03', 'ask for each machine by itself'],
    ['srv$02', 'it holds $'],
    ['10.0.0.5', '10.0.0.5 is an address; ask with ipAddress=10.0.0.5'],
    ['2001:db8::5', 'is an address; ask with ipAddress=2001:db8::5'],
  ])('is not %j', (written, fault) => {
    expect(read(['hostName', written])).toMatchObject({
      kind: 'wrong',
      code: 'InvalidInput',
      message: expect.stringContaining(fault),
    });
  });
});

describe('an address', () => {
  it.each([
    [' 10.0.0.5 ', '10.0.0.5'],
    ['2001:db8::5', '2001:db8::5'],
    ['[2001:db8::5]', '2001:db8::5'],
    ['2001:0DB8:0:0:0:0:0:0005', '2001:db8::5'],
    ['::ffff:10.0.0.5', '10.0.0.5'],
    ['::FFFF:0A00:0005', '10.0.0.5'],
    ['::ffff:192.168.255.254', '192.168.255.254'],
    ['fe80::1', 'fe80::1'],
  ])('%j is understood as %s', (written, address) => {
    expect(understood('ipAddress', written)).toBe(address);
  });

  it.each([
    ['', 'it is empty'],
    ['10.0.0', 'is no address'],
    ['10.0.0.256', 'is no address'],
    ['010.0.0.5', 'is no address'],
    ['10.0.0.0/24', 'is no address'],
    ['10.0.0.5:443', 'is no address'],
    ['srv02', 'is no address'],
    ['fe80::1%eth0', 'it holds a zone'],
    ['127.0.0.1', 'every machine has it'],
    ['127.8.8.8', 'every machine has it'],
    ['::1', 'every machine has it'],
    ['0:0:0:0:0:0:0:1', 'every machine has it'],
    ['::ffff:127.0.0.1', 'every machine has it'],
    ['0.0.0.0', 'the address of none'],
    ['::', 'the address of none'],
    ['255.255.255.255', 'broadcast'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.250', 'multicast'],
    ['FF02::1', 'multicast'],
  ])('is not %j', (written, fault) => {
    expect(read(['ipAddress', written])).toMatchObject({
      kind: 'wrong',
      code: 'InvalidIpAddress',
      message: expect.stringMatching(new RegExp(`^ipAddress: .*${fault}`)),
    });
  });
});

describe('an Entra device id', () => {
  const guid = '80fe8ff8-2624-418e-9591-41f0491218f9';

  it.each([guid, guid.toUpperCase(), `{${guid}}`, ` ${guid} `])('%j is understood', (written) => {
    expect(understood('aadDeviceId', written)).toBe(guid);
  });

  it.each([
    ['', 'it is empty'],
    ['80fe8ff8', 'is no GUID'],
    [`{${guid}`, 'is no GUID'],
    ['00000000-0000-0000-0000-000000000000', 'all zeros'],
    ['1e5bc9d7e413ddd7902c2932e418702b84d0cc07', 'ask with machineId'],
  ])('is not %j', (written, fault) => {
    expect(understood('aadDeviceId', written)).toMatch(new RegExp(`^aadDeviceId: .*${fault}`));
  });
});

describe('a machine id', () => {
  const id = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';

  it.each([id, id.toUpperCase(), ` ${id}`])('%j is understood', (written) => {
    expect(understood('machineId', written)).toBe(id);
  });

  it.each([
    ['', 'it is empty'],
    [id.slice(1), 'it has 39 digits'],
    [`${id}0`, 'it has 41 digits'],
    ['80fe8ff8-2624-418e-9591-41f0491218f9', 'ask with aadDeviceId'],
    ['10.0.0.5', 'ask with ipAddress'],
    ['srv02.contoso.com', 'ask with hostName'],
    [`${id.slice(1)}g`, 'is none'],
  ])('is not %j', (written, fault) => {
    expect(understood('machineId', written)).toMatch(new RegExp(`^machineId: .*${fault}`));
  });
});

describe('an alert id', () => {
  it.each(['da637308392288907382_-880718168', '636688558380765161_2136280442'])('%s is taken as it is', (written) => {
    expect(understood('alertId', ` ${written} `)).toBe(written);
  });

  it.each(['', 'a/b', '..'])('is not %j', (written) => {
    expect(understood('alertId', written)).toMatch(/^alertId: .*can't be an alert id/);
  });
});

describe('a question', () => {
  it('is asked in any case of letters', () => {
    expect(read(['HOSTNAME', 'srv02'])).toMatchObject({ kind: 'question' });
  });

  it('is about something', () => {
    expect(read()).toEqual({
      kind: 'wrong',
      code: 'MissingRequiredParameter',
      message:
        'The query does not say which machine is meant. Name it by one of hostName, ipAddress, aadDeviceId, machineId, alertId, such as hostName',
    });
  });

  it('is one', () => {
    expect(read(['hostName', 'srv02'], ['ipAddress', '10.0.0.5'])).toMatchObject({
      kind: 'wrong',
      message: 'hostName and ipAddress are given; a machine is asked for by one of them',
    });
    expect(read(['hostName', 'srv02'], ['hostname', 'srv03'])).toMatchObject({
      kind: 'wrong',
      message: 'hostName is given more than once; a machine is asked for by one thing',
    });
  });

  it.each([
    ['hostname2', 'Did you mean: hostName'],
    ['ip', 'What it takes: hostName, ipAddress'],
    ['aadDeviceld', 'Did you mean: aadDeviceId'],
    ['$filter', 'What it takes: hostName'],
  ])('holds nothing of the name %s', (name, right) => {
    const result = read(['hostName', 'srv02'], [name, 'x']);
    const message = result.kind === 'wrong' ? result.message : '';
    expect(message.startsWith(`${name}: the resolver takes nothing of that name`)).toBe(true);
    expect(message).toContain(right);
  });

  it('is text', () => {
    expect(read(['machineId', 12])).toMatchObject({
      kind: 'wrong',
      message: 'machineId: write it as a text, in quotes',
    });
  });

  it('names its place in a list', () => {
    const messages = [
      [['hostName', '']],
      [],
      [
        ['hostName', 'a'],
        ['alertId', 'b'],
      ],
      [['hostNam', 'a']],
    ].map((members) => {
      const result = readResolveQuestion(members as [string, unknown][], 'requests[3].');
      return result.kind === 'wrong' ? result.message : undefined;
    });
    expect(messages).toEqual([
      expect.stringMatching(/^requests\[3\]\.hostName: it is empty/),
      expect.stringMatching(/^requests\[3\] does not say which machine is meant/),
      expect.stringMatching(/^requests\[3\]\.hostName and requests\[3\]\.alertId are given/),
      expect.stringMatching(/^requests\[3\]\.hostNam: .*Did you mean: hostName/),
    ]);
  });
});
