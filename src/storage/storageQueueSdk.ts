/** What is used of the queues' SDK; named here, because a bundle of a module that is imported later holds all that it exports. */
export { QueueClient } from '@azure/storage-queue';
