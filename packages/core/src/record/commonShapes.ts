/** Shapes that the bodies of several statements share. */
import { ATTRIBUTES_MAX, POLLS_MAX, SIGNERS_MAX, VOTES_MAX } from './limits.ts';
import { array, ID, id, integer, type Member, oneOf, required, table } from './shape.ts';

export const by = required(array(id, 1, SIGNERS_MAX));
export const count = integer(0, VOTES_MAX);
/** POSIX seconds in UTC, to the end of the year 9999. */
export const seconds = integer(0, 253_402_300_799);
export const poll = integer(1, POLLS_MAX);
export const attributes = table(ID, oneOf('yes', 'no', 'unclear'), ATTRIBUTES_MAX);
export const kind = (word: string): Member => required(oneOf(word));
