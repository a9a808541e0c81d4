/** What is used of the identity's SDK; named here, because a bundle of a module that is imported later holds all that it exports. */
export { ManagedIdentityCredential } from '@azure/identity';
