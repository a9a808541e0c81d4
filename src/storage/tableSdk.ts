/** What is used of the tables' SDK; named here, because a bundle of a module that is imported later holds all that it exports. */
export { TableClient } from '@azure/data-tables';
