/** What Microsoft Graph refuses with, as az tells it. */
import type { Said } from './fakeAz.ts';

export const denied: Said = {
  fault:
    'Forbidden({"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}})',
};
export const notFound = (id: string): Said => ({
  fault: `Not Found({"error":{"code":"Request_ResourceNotFound","message":"Resource '${id}' does not exist or one of its queried reference-property objects are not present."}})`,
});
export const badRequest = (message: string): Said => ({
  fault: `Bad Request({"error":{"code":"Request_BadRequest","message":"${message}"}})`,
});

export const alreadyThere = badRequest('Permission being assigned already exists on the object');
