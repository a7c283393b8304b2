/** What the routes for marks answer (A24), as the rehearsal reads it: a member that is missing or of another kind is no answer, and never becomes part of a statement. */
import { describe, expect, it } from 'vitest';
import { draftsIn, parseFrozen } from '../../src/http/markWire.ts';

const PLACE = { contest: 'president', area: 'ke' };
const ID = 'ab'.repeat(32);
const DIGEST = 'cd'.repeat(32);
const NAMES = [
	'cancelled',
	'counted',
	'disregarded',
	'due',
	'merged',
	'missing',
	'objections',
	'postponed',
	'quarantined',
	'set_aside',
	'uncertified',
	'unverified',
];
const COUNTS = Object.fromEntries(NAMES.map((name, place) => [name, place]));
const VIEW = {
	index: 7,
	counts: COUNTS,
	totals: { a: 1, b: 0 },
	list: DIGEST,
	decided: true,
	drafts: [{ kind: 'certificate' }, { kind: 'declaration' }],
};
const CERTIFICATE = { number: 2, supersedes: { statement: DIGEST } };
const DECLARATION = { number: 1, outcome: { kind: 'elected', candidate: 'a' }, texts: { en: DIGEST }, seen: ID };

const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

function frozen(view: object = VIEW, certificate: object = CERTIFICATE, declaration: object = DECLARATION) {
	const bodies = { mark: bytes(view), certificate: bytes(certificate), declaration: bytes(declaration) };
	return parseFrozen(ID, PLACE, bodies);
}

describe('a mark and its drafts', () => {
	it('are what a certificate and a declaration on it hold', () => {
		const { certificate, declaration, counts, totals } = frozen() ?? {};
		expect(certificate).toEqual({ number: 2, inForce: DIGEST });
		expect(declaration).toEqual({ ...DECLARATION, decided: true });
		expect([counts, totals]).toEqual([COUNTS, { a: 1, b: 0 }]);
		expect(draftsIn(bytes(VIEW))).toEqual(['certificate', 'declaration']);
		expect(draftsIn(bytes({}))).toEqual([]);
	});

	it('may have no draft of a declaration, and no certificate before this one', () => {
		const { declaration, certificate } = parseFrozen(ID, PLACE, { mark: bytes(VIEW) }) ?? {};
		expect([declaration, certificate]).toEqual([undefined, { number: 1 }]);
	});

	it.each(['index', 'counts', 'totals', 'list', 'decided'])('without %s are no answer', (name) => {
		expect(frozen({ ...VIEW, [name]: undefined })).toBeUndefined();
	});

	it.each(NAMES)('whose count of %s is no whole number are no answer', (name) => {
		for (const wrong of [-1, 0.5, '3', undefined])
			expect(frozen({ ...VIEW, counts: { ...COUNTS, [name]: wrong } })).toBeUndefined();
	});

	it('whose totals, texts or outcome are something else are no answer', () => {
		for (const totals of [{}, { a: '1' }, 'x', { a: 2 ** 53 }]) expect(frozen({ ...VIEW, totals })).toBeUndefined();
		for (const wrong of [{ texts: {} }, { texts: { en: 1 } }, { outcome: { kind: 'elected' } }, { outcome: 'a' }])
			expect(frozen(VIEW, CERTIFICATE, { ...DECLARATION, ...wrong })).toBeUndefined();
		expect(frozen(VIEW, { supersedes: { statement: DIGEST } })).toBeUndefined();
	});

	it.each([
		{ kind: 'runoff', candidates: ['a', 'b'] },
		{ kind: 'tie', by: 'lot', candidates: ['a', 'b'] },
		{ kind: 'refer', to: 'parliament' },
		{ kind: 'special', code: 'x' },
		{ kind: 'rerun' },
		{ kind: 'nobody' },
	])('may have the outcome %o', (outcome) => {
		expect(frozen(VIEW, CERTIFICATE, { ...DECLARATION, outcome })?.declaration?.outcome).toEqual(outcome);
	});
});
