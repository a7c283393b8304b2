/**
 * What a statement says, in a sentence (S20–S45): every one of the twenty-five types, and of amendments and rulings every kind. It names keys and codes, never a person, since statements name none;
 * who said it, why, and what it changed stand beside it.
 */
import type { Mode, Text } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Amendment, Decision, FormCapture, Statement } from '@matokeo/core/record/statement.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { foreign } from '../../html/foreign.ts';
import type { Part } from '../../html/html.ts';
import type { ContestHead } from '../../views/types.ts';
import type { Words } from '../../words/words.ts';
import { actWords, isAct } from './actWords.ts';
import { kindWord, routeWord, statusWord } from './codeWords.ts';
import { shortDigest } from './digest.ts';
import { filingWords, isFiling } from './filingWords.ts';

const LIMITS = {
	/** Names of enrolled keys in one sentence; up to 256 are enrolled at once. */
	keysShown: 5,
} as const;

export interface Known {
	/** Whose candidates are called by their names. */
	readonly contest: Pick<ContestHead, 'candidates' | 'fields'>;
	readonly mode: Mode;
	/** Areas, and texts of the package, that the statement names by their ids. */
	readonly areas?: Readonly<Record<string, string>> | undefined;
	readonly texts?: Readonly<Record<string, Text>> | undefined;
	/** The number that the page gives a reading, where it shows them. */
	readonly readings?: ReadonlyMap<StatementId, number> | undefined;
}

export function statementWords(words: Words, statement: Statement, known: Known): Part {
	if (isAct(statement)) return actWords(words, statement, known);
	if (isFiling(statement)) return filingWords(words, statement, known);
	switch (statement.type) {
		case 'election/open':
			return words.say('changes.electionOpen');
		case 'election/amend':
			return amendmentWords(words, statement.change, known);
		case 'key/enrol':
			return enrolled(words, statement.keys);
		case 'key/revoke':
			return words.rich('changes.keyRevoke', { key: foreign(statement.key) });
		case 'clock/tick':
			return words.rich('changes.clockTick', { time: words.timeTag(statement.time) });
		case 'log/witnessed':
			return witnessed(words, statement.checkpoint);
		case 'blob/held':
			return words.say('changes.blobHeld', { n: statement.blobs.length });
		case 'blob/withhold':
			return words.rich('changes.blobWithhold', { digest: shortDigest(statement.sha256) });
		case 'station/status':
			return words.say('changes.stationStatus', { status: statusWord(words, statement.status) });
		case 'form/capture':
			return captured(words, statement);
		case 'form/reading':
			return words.say('changes.formReading');
		case 'reading/open':
			return words.say('changes.readingOpen', { n: statement.openings.length });
		case 'form/ruling':
			return decisionWords(words, statement.decision, known);
		case 'count/lodge':
			return words.say('changes.countLodge', { rows: statement.rows });
		case 'access/digest': {
			const { from, until } = statement;
			return words.rich('changes.accessDigest', { from: words.timeTag(from), until: words.timeTag(until) });
		}
		default:
			return unreachable(statement);
	}
}

function captured(words: Words, { kind, route, images, figures, replaces }: FormCapture): Part {
	const said = words.say('changes.formCapture', {
		kind: kindWord(words, kind),
		route: routeWord(words, route),
		n: images.length,
		figures: figures === undefined ? 'no' : 'yes',
	});
	if (replaces === undefined) return said;
	return [said, ' ', words.rich('changes.formReplaces', { id: shortDigest(replaces.capture) })];
}

function enrolled(words: Words, keys: readonly { readonly name: string }[]): Part {
	const shown = words.items(keys.slice(0, LIMITS.keysShown).map(({ name }) => foreign(name)));
	const more = keys.length - LIMITS.keysShown;
	const named = more > 0 ? words.rich('changes.keyEnrolMore', { keys: shown, n: more }) : shown;
	return words.rich('changes.keyEnrol', { n: keys.length, keys: named });
}

/** The second line of a checkpoint is its size. */
function witnessed(words: Words, checkpoint: string): Part {
	const size = Number(/^[^\n]*\n([0-9]{1,15})\n/.exec(checkpoint)?.[1] ?? Number.NaN);
	return Number.isSafeInteger(size)
		? words.say('changes.logWitnessedSize', { n: size })
		: words.say('changes.logWitnessed');
}

function decisionWords(words: Words, decision: Decision, { readings }: Known): Part {
	switch (decision.kind) {
		case 'accept-reading': {
			const n = readings?.get(decision.reading);
			const reading =
				n === undefined
					? words.rich('changes.rulingReading', { id: shortDigest(decision.reading) })
					: words.say('changes.rulingReadingNumber', { n });
			return words.rich('changes.rulingAcceptReading', { reading });
		}
		case 'one-more-reading':
			return words.say('changes.rulingOneMoreReading');
		case 'quarantine':
			return words.rich('changes.rulingQuarantine', {
				time: words.timeTag(decision.review),
				agents: decision.agents,
			});
		case 'release':
			return words.say('changes.rulingRelease');
		case 'accept-as-written':
			return words.say('changes.rulingAcceptAsWritten');
		case 'disregard':
			return words.say('changes.rulingDisregard');
		case 'admit-original':
			return words.rich('changes.rulingAdmitOriginal', { id: shortDigest(decision.original) });
		default:
			return unreachable(decision);
	}
}

function amendmentWords(words: Words, change: Amendment, { contest }: Known): Part {
	switch (change.kind) {
		case 'candidate': {
			const { candidate, status, votes } = change;
			const said = words.say(status === 'standing' ? 'changes.amendStanding' : `common.${status}`);
			const name = contest.candidates.find(({ id }) => id === candidate)?.name ?? candidate;
			return words.rich('changes.amendCandidate', { candidate: foreign(name), status: said, votes });
		}
		case 'station-added': {
			const { station, area, registered } = change;
			const values = { station: foreign(station), area: foreign(area), n: registered };
			return words.rich('changes.amendStationAdded', values);
		}
		case 'station-moved':
			return words.rich('changes.amendStationMoved', {
				station: foreign(change.station),
				area: foreign(change.area),
			});
		case 'station-merged':
			return words.rich('changes.amendStationMerged', {
				station: foreign(change.station),
				into: foreign(change.into),
			});
		case 'register': {
			const values = { station: foreign(change.station), n: change.registered };
			return change.supplementary === undefined
				? words.rich('changes.amendRegister', values)
				: words.rich('changes.amendSupplementary', { ...values, more: change.supplementary });
		}
		case 'deadline':
			return words.rich('changes.amendDeadline', { name: foreign(change.name), time: words.timeTag(change.time) });
		default:
			return unreachable(change);
	}
}
