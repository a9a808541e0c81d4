/** What is used of the blobs' SDK; named here, because a bundle of a module that is imported later holds all that it exports. */
export { ContainerClient } from '@azure/storage-blob';
