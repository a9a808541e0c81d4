/** OData JSON batches ("OData JSON Format Version 4.01", 19). */
import * as z from 'zod';
import { shown } from './shown.ts';

const headers = z.record(z.string(), z.string());

const request = z.object({
  id: shown(z.string(), 'Request Id', 'Your name for this request; its answer has the same.'),
  method: shown(z.enum(['GET']), 'Method', 'A batch takes GET only.'),
  url: shown(z.string(), 'Address', 'Such as machines?$top=10, or /gateway/machines/resolve?hostName=srv02.'),
  headers: shown(headers.optional(), 'Headers', 'Of this request alone, such as prefer.', 'advanced'),
});

export const batch = z.object({
  requests: shown(z.array(request), 'Requests', '1 to 1,000 requests.', 'important'),
});

const response = z.object({
  id: shown(z.string(), 'Request Id', 'That of the request.'),
  atomicityGroup: shown(z.string().optional(), 'Atomicity Group', 'As the request had it.', 'internal'),
  status: shown(z.int(), 'Status', 'That the request would have got alone.'),
  headers: shown(headers, 'Headers', 'That the answer would have had alone.'),
  body: shown(z.unknown().optional(), 'Body', 'Of the answer: JSON, or text where it is something else.'),
});

export const batchAnswer = z.object({
  responses: shown(z.array(response), 'Responses', 'In the order of the requests.'),
});
