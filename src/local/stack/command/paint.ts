import { styleText } from 'node:util';

export type Colour = 'bold' | 'dim' | 'green' | 'yellow' | 'red';

/** Colours text for a terminal, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

export const plain: Paint = (_, text) => text;

/** @param output colours are for a terminal only, and not for one whose user sets NO_COLOR (no-color.org) */
export const paintFor = (
  output: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Paint => (output.isTTY && !environment.NO_COLOR ? styleText : plain);
