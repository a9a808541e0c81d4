import { HttpRequest, InvocationContext } from '@azure/functions';
import { answeringFaults } from '../../src/functions/answeringFaults.ts';
import { tracedRun } from '../../src/functions/traced.ts';
import { readCaller } from '../../src/http/caller.ts';
import type { Trace } from '../../src/trace.ts';
import { tracing } from '../../src/tracing.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
const platforms = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceParent = `00-${platforms}-00f067aa0ba902b7-00`;

const context = (given: { traceParent?: string } = {}) =>
  new InvocationContext({ functionName: 'x', invocationId: 'run-1', traceContext: given });
const request = (headers: Record<string, string>) =>
  new HttpRequest({ method: 'GET', url: 'https://gateway.example/', headers });

/** The trace that a request's handler runs in. */
const traceOfRequest = async (headers: Record<string, string>, given = context({ traceParent })) => {
  let seen: Trace | undefined;
  await answeringFaults(async () => {
    seen = tracing.current();
    return {};
  })(request(headers), given);
  return seen;
};

describe('a request', () => {
  it("is of its caller's trace, under its caller's id", async () => {
    expect(await traceOfRequest({ traceparent, 'x-request-id': 'a' })).toEqual({
      requestId: 'a',
      traceId,
      flags: '01',
    });
  });

  it.each(['', '00-x', `ff-${traceId}-b7ad6b7169203331-01`])(
    "whose traceparent is %j is of the platform's trace",
    async (sent) => {
      expect(await traceOfRequest({ traceparent: sent })).toMatchObject({ traceId: platforms, flags: '00' });
    },
  );

  it('is of a trace of its own where nobody has one', async () => {
    const { traceId: first } = (await traceOfRequest({}, context())) ?? {};
    const { traceId: second } = (await traceOfRequest({}, context())) ?? {};
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(first).not.toBe(second);
  });

  it('has one id, wherever it is read', async () => {
    const ids: (string | undefined)[] = [];
    const asked = request({});
    await answeringFaults(async (given) => {
      ids.push(readCaller(given).requestId, tracing.current()?.requestId);
      throw new Error('no');
    })(
      asked,
      new InvocationContext({ functionName: 'x', logHandler: (_, __, said) => ids.push(Object(said).requestId) }),
    );
    expect(new Set([...ids, readCaller(asked).requestId]).size).toBe(1);
    expect(readCaller(request({})).requestId).not.toBe(ids[0]);
  });

  it('of a batch is of the batch’s trace, unless it says another', async () => {
    const seen: (Trace | undefined)[] = [];
    const item = answeringFaults(async () => {
      seen.push(tracing.current());
      return {};
    });
    await answeringFaults(async () => {
      await item(request({ 'x-request-id': 'batch.1' }), context({ traceParent }));
      await item(request({ 'x-request-id': 'batch.2', traceparent: traceParent }), context());
      return {};
    })(request({ traceparent }), context());
    expect(seen).toMatchObject([
      { requestId: 'batch.1', traceId },
      { requestId: 'batch.2', traceId: platforms },
    ]);
  });

  it('that fails tells no secret of the fault', async () => {
    const said: unknown[] = [];
    const logging = new InvocationContext({ functionName: 'x', logHandler: (_, ...args) => said.push(...args) });
    await answeringFaults(() => Promise.reject(new Error('GET https://a/?code=abc said no')))(request({}), logging);
    expect(JSON.stringify(said)).toContain('GET https://a/?code=… said no');
    expect(JSON.stringify(said)).not.toContain('abc');
  });
});

describe('a run that no request began', () => {
  const traceOfRun = (...[given, origin]: [InvocationContext, Parameters<typeof tracedRun>[2]?]) =>
    tracedRun(given, async () => tracing.current(), origin);

  it("is of the platform's trace, under its own id", async () => {
    expect(await traceOfRun(context({ traceParent }))).toEqual({ requestId: 'run-1', traceId: platforms, flags: '00' });
    expect((await traceOfRun(context()))?.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is of the request that its message is there for', async () => {
    const origin = { requestId: 'a', traceparent };
    expect(await traceOfRun(context({ traceParent }), origin)).toEqual({ requestId: 'a', traceId, flags: '01' });
  });

  it('fails with its fault, without the secrets in it', async () => {
    const fault = new Error('no row');
    await expect(tracedRun(context(), () => Promise.reject(fault))).rejects.toBe(fault);
    await expect(
      tracedRun(context(), async () => {
        throw new Error('AccountKey=abc==;x is wrong');
      }),
    ).rejects.toThrow('AccountKey=…;x is wrong');
  });
});
