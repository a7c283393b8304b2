/**
 * The form that every statement type's rules have: a pair of functions, *may it be said* and *what it changes*, side by side
 * in one file per subject. `decide` reads rows; `evolve` runs only on what was decided and writes them.
 *
 * Written as methods, so that a table from type to saying can be used by the type that a statement carries.
 */
import type { Statement } from '../record/statement.ts';
import type { Context, Said } from './context.ts';
import type { Refusal } from './refusal.ts';
import type { RowReader, Rows } from './rows.ts';

export interface Saying<T extends Statement> {
	decide(context: Context, rows: RowReader, said: Said<T>): Refusal | undefined;
	evolve(context: Context, rows: Rows, said: Said<T>): void;
}
