import { worldsThatKeepTheirPromises } from './support/worlds.ts';

worldsThatKeepTheirPromises(101, 200);
