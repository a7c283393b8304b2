/**
 * What the law says of the end of a contest (`spec/package.md`, P72–P73): at which levels collations are certified, and who declares the result on what.
 *
 * Does not know what a certificate or a declaration must fulfil (`spec/statements.md`, S43), nor courts and time limits (`readProceedings.ts`).
 */
import type { JsonNode } from './json.ts';
import { asCount, asId, asList, asObject, asText, asTexts, asWord, type Node, type Shape, tell } from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import { quote } from './problem.ts';
import type { CollationStep, CountedStage, DeclarationLaw, DeclaringAuthority, Election } from './types.ts';

const STAGES: readonly CountedStage[] = ['verified', 'inspected'];
const AUTHORITIES = ['officer', 'chair', 'quorum'] as const;
const REQUIRED = ['by', 'title', 'certificate', 'open_outcome', 'requires', 'citation'];
const OPTIONAL = ['chair', 'quorum', 'formula'];

/** `levels` are those of the contest; an absent list is an empty one. */
export function readCollation(shape: Shape, node: Node, levels: readonly string[]): readonly CollationStep[] {
	const steps: CollationStep[] = [];
	let last = '';
	for (const item of asList(shape, node, 'the collation of a contest', LIMITS.levelsMax)) {
		const get = asObject(shape, item, 'a step of the collation', ['level', 'title', 'requires']);
		const levelNode = get?.('level');
		const level = asId(shape, levelNode, 'the level of a collation');
		const title = asTexts(shape, get?.('title'), 'what the sheet is called') ?? {};
		const requires = asWord(shape, get?.('requires'), 'what a certificate counts', STAGES);
		if (level === undefined || levelNode === undefined) continue;
		tellOrder(shape, levelNode, level, last, levels);
		if (levels.includes(level)) last = level;
		if (requires !== undefined) steps.push({ level, title, requires });
	}
	return steps;
}

function tellOrder(shape: Shape, node: JsonNode, level: string, last: string, levels: readonly string[]): void {
	const rank = levels.indexOf(level);
	const order = levels.join(', ');
	if (rank < 0) {
		const toDo = 'correct the id, or total the contest at that level';
		tell(shape, node, 'P72', `one of the levels of the contest: ${order}`, quote(level), toDo);
	} else if (rank <= levels.indexOf(last)) {
		const expected = `levels from the top down, each once: ${order}`;
		tell(shape, node, 'P72', expected, `${level} after ${last}`, 'put them in that order');
	}
}

/** `authority` is `undefined` when its own reading told problems. */
export function readDeclaration(
	shape: Shape,
	node: Node,
	contest: { readonly levels: readonly string[]; readonly collation: readonly CollationStep[] },
	authority: Election['authority'] | undefined,
): DeclarationLaw | undefined {
	const get = node === undefined ? undefined : asObject(shape, node, 'the declaration', REQUIRED, OPTIONAL);
	if (get === undefined || node === undefined) return undefined;
	const kind = asWord(shape, get('by'), 'who declares', AUTHORITIES);
	const title = asTexts(shape, get('title'), 'the title of the declaration') ?? {};
	const certificate = asTexts(shape, get('certificate'), 'what the certificate is called') ?? {};
	const formula = asTexts(shape, get('formula'), 'the words of the law') ?? {};
	const openOutcome = asWord(shape, get('open_outcome'), 'what holds while the outcome is open', ['refused', 'named']);
	const requires = asWord(shape, get('requires'), 'the stage that is declared', STAGES);
	tellStage(
		shape,
		get('requires'),
		requires,
		contest.collation.find(({ level }) => level === contest.levels[0]),
	);
	const citation = asText(shape, get('citation'), 'the citation (write “assumption” where there is none)') ?? '';
	const chair = asId(shape, get('chair'), 'the chair’s key name');
	const least = asCount(shape, get('quorum'), 'how many declare', 1, LIMITS.keysMax);
	if (kind === undefined) return undefined;
	tellIdle(shape, get, kind);
	const by = readAuthority(shape, node, { kind, chair, least, get }, authority);
	if (by === undefined || openOutcome === undefined || requires === undefined) return undefined;
	return { by, title, certificate, formula, openOutcome, requires, citation };
}

/** One mark freezes the scope for both, and a mark has the totals of one stage. */
function tellStage(
	shape: Shape,
	node: Node,
	requires: CountedStage | undefined,
	certified: CollationStep | undefined,
): void {
	if (node === undefined || requires === undefined || certified === undefined) return;
	if (requires === certified.requires) return;
	const expected = `${certified.requires}, as the collation of level ${certified.level} requires`;
	tell(shape, node, 'P73', expected, requires, 'certify and declare the same stage');
}

/** A key that the kind of authority does not use would be read as a rule that holds. */
function tellIdle(shape: Shape, get: (key: string) => Node, kind: DeclaringAuthority['kind']): void {
	for (const key of ['chair', 'quorum'] as const) {
		const idle = get(key);
		if (idle === undefined || key === kind) continue;
		const expected = `"${key}" only where by is “${key}”`;
		tell(shape, idle, 'P73', expected, `by is ${quote(kind)}`, `delete "${key}", or correct by`);
	}
}

interface Read {
	readonly kind: DeclaringAuthority['kind'];
	readonly chair: string | undefined;
	readonly least: number | undefined;
	readonly get: (key: string) => Node;
}

function readAuthority(
	shape: Shape,
	node: JsonNode,
	read: Read,
	authority: Election['authority'] | undefined,
): DeclaringAuthority | undefined {
	const { kind, chair, least, get } = read;
	if (kind === 'officer') return { kind };
	const own = get(kind);
	if (own === undefined) {
		const expected = `"${kind}" where by is “${kind}”`;
		return tell(shape, node, 'P73', expected, 'no such key', `add "${kind}", or correct by`);
	}
	if (kind === 'chair') {
		if (chair === undefined) return undefined;
		const names = authority?.keys.map((key) => key.name);
		if (names?.includes(chair) !== false) return { kind, key: chair };
		const expected = `the name of one of the authority’s keys: ${names.join(', ')}`;
		return tell(shape, own, 'P73', expected, quote(chair), 'correct the name, or add the key to authority.keys');
	}
	if (least === undefined) return undefined;
	const holders = new Set(authority?.keys.map((key) => key.holder)).size;
	if (authority === undefined || least <= holders) return { kind, least };
	const expected = 'a quorum that different holders of the authority’s keys can reach';
	return tell(shape, own, 'P73', expected, `${least} of ${holders} holders`, 'lower it or add keys of other holders');
}
