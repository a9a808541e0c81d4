import { worldsThatKeepTheirPromises } from './support/worlds.ts';

worldsThatKeepTheirPromises(1, 100);
