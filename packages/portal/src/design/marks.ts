/**
 * Marks of a state: a sign and a word, so that nothing depends on colour (the colour is only a third way of saying it). Shapes are those of ordinary fonts, and differ in outline,
 * not in shade.
 */
import type { ReturnState, ReturnView } from '@matokeo/core/standings/returnView.ts';
import { type Html, html } from '../html/html.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { Words } from '../words/words.ts';

interface Mark {
	readonly sign: string;
	readonly word: MessageId;
	/** How it is coloured: settled, under way, to be looked at, out of the count. */
	readonly tone: 'good' | 'part' | 'look' | 'out';
}

const STATES: Readonly<Record<ReturnState, Mark>> = {
	verified: { sign: '✓', word: 'common.stateVerified', tone: 'good' },
	received: { sign: '◐', word: 'common.stateReceived', tone: 'part' },
	'no-form-seen': { sign: '◌', word: 'common.stateNoFormSeen', tone: 'look' },
	missing: { sign: '○', word: 'common.stateMissing', tone: 'part' },
	quarantined: { sign: '‖', word: 'common.stateQuarantined', tone: 'look' },
	'set-aside': { sign: '⊗', word: 'common.stateSetAside', tone: 'out' },
	disregarded: { sign: '✕', word: 'common.stateDisregarded', tone: 'out' },
	cancelled: { sign: '⊘', word: 'common.stateCancelled', tone: 'out' },
	postponed: { sign: '↷', word: 'common.statePostponed', tone: 'out' },
	merged: { sign: '⇥', word: 'common.stateMerged', tone: 'out' },
};

const CONDITIONS = {
	met: { sign: '✓', word: 'common.conditionMet', tone: 'good' },
	cannot: { sign: '✕', word: 'common.conditionCannot', tone: 'out' },
	open: { sign: '○', word: 'common.conditionOpen', tone: 'part' },
} as const satisfies Readonly<Record<string, Mark>>;

const DIFFERS: Mark = { sign: '≠', word: 'common.differsOpen', tone: 'look' };
const SETTLED: Mark = { sign: '≈', word: 'common.differsSettled', tone: 'part' };
const AS_WRITTEN: Mark = { sign: '¶', word: 'common.asWritten', tone: 'look' };
const FLAGGED: Mark = { sign: '⚑', word: 'common.flagged', tone: 'look' };

const INSPECTED: Mark = { sign: '✓✓', word: 'common.inspected', tone: 'good' };
const DISPUTED: Mark = { sign: '⚖', word: 'common.disputed', tone: 'look' };

export function stateWord(state: ReturnState): MessageId {
	return STATES[state].word;
}

/** Of a state that a count of the log names (K10); `undefined` of any other word. */
export function stateWordOf(text: string): MessageId | undefined {
	return new Map<string, Mark>(Object.entries(STATES)).get(text)?.word;
}

export function stateMark(words: Words, state: ReturnState): Html {
	return markOf(words, STATES[state]);
}

export function conditionMark(words: Words, state: 'met' | 'cannot' | 'open'): Html {
	return markOf(words, CONDITIONS[state]);
}

/** All that is to be said of a return: its state, and what else a reader should know of it. */
export function returnMarks(words: Words, view: ReturnView): readonly Html[] {
	return [
		STATES[view.state],
		...(view.inspected ? [INSPECTED] : []),
		...(view.disputed ? [DISPUTED] : []),
		...(view.differs === 'open' ? [DIFFERS] : []),
		...(view.differs === 'settled' ? [SETTLED] : []),
		...(view.as_written ? [AS_WRITTEN] : []),
		...(view.flagged ? [FLAGGED] : []),
	].map((mark) => markOf(words, mark));
}

function markOf(words: Words, { sign, word, tone }: Mark): Html {
	return html`<span class="mark ${tone}"><span aria-hidden="true">${sign}</span> ${words.say(word)}</span>`;
}
