/**
 * Which condition is the rule as a whole: the first, where parts of it have names of their own beside it. Unless the package gives it a text it has none but the rule spelled out in English, and whoever
 * shows it calls it the whole rule in the reader's language.
 */
import type { EffectVersion } from './effect.ts';

/** The id of the condition that is the whole rule and has no text; absent where there is no such condition. */
export function wholeRuleOf(versions: readonly EffectVersion[]): string | undefined {
	const conditions = versions.find((one) => one.conditions !== undefined)?.conditions ?? [];
	const first = conditions[0];
	return first === undefined || first.text !== undefined || conditions.length < 2 ? undefined : first.id;
}
