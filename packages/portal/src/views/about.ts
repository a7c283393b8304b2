/** The election package as a page shows it: keys, forms, checks, codes, rules and files, and the digest that anchors all of them. */
import type { Codes, Contest, NamedKey } from '@matokeo/core/election/types.ts';
import { printVerifierKey, verifierKey } from '@matokeo/core/log/keys.ts';
import { ALG_ED25519 } from '@matokeo/core/rules/context.ts';
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import type { RecordReader } from '../record.ts';
import type { AboutView, ContestRulesView, DownloadsView, KeyView, LawView } from './aboutTypes.ts';
import { codeView, contestHead, stampOf } from './heads.ts';
import { electionNow } from './notices.ts';
import type { CodeView } from './types.ts';

export function aboutView(reader: RecordReader): AboutView {
	const { election, context, packageFiles } = reader;
	const { suite } = context;
	const keys = (list: readonly NamedKey[]) => list.map((key) => keyView(reader, key));
	return {
		stamp: stampOf(reader),
		election: electionNow(reader),
		levels: election.levels.map(({ id, name }) => ({ id, text: name })),
		counts: { areas: election.areas.size, stations: election.stations.size },
		log: {
			origin: election.log.origin,
			key: keyView(reader, election.log.key),
			spare: keyView(reader, election.log.spare),
		},
		authority: { quorum: election.authority.quorum, keys: keys(election.authority.keys) },
		registrars: keys(election.registrars),
		parties: election.parties.map(({ id, name, roots }) => ({ id, name, roots: keys(roots) })),
		contests: [...election.contests.values()].map((contest) => rulesOf(reader, contest)),
		codes: codesOf(election.codes),
		law: lawView(reader, keys),
		public_images: election.publicImages,
		witnesses: { source: election.witnesses.source, run_by: election.witnesses.runBy },
		files: [...packageFiles]
			.sort(([a], [b]) => byCodeUnits(a, b))
			.map(([path, bytes]) => ({ path, sha256: suite.sha256Hex(bytes), size: bytes.length })),
	};
}

export function downloadsView(reader: RecordReader): DownloadsView {
	const contests = [...reader.election.contests.values()];
	return { stamp: stampOf(reader), contests: contests.map((contest) => contestHead(reader, contest)) };
}

function keyView({ context: { suite } }: RecordReader, { name, holder, publicKey }: NamedKey): KeyView {
	return { name, holder, vkey: printVerifierKey(verifierKey(suite, name, ALG_ED25519, publicKey)) };
}

function rulesOf(reader: RecordReader, contest: Contest): ContestRulesView {
	const { form, rule, publishFrom } = contest;
	return {
		contest: contestHead(reader, contest),
		form: { id: form.id, title: form.title, ceiling: form.ceiling },
		checks: form.checks.map(({ id, severity, source, tolerance, text }) => ({ id, severity, source, tolerance, text })),
		rule,
		...(publishFrom === undefined ? {} : { publish_from: publishFrom }),
	};
}

function lawView(reader: RecordReader, keys: (list: readonly NamedKey[]) => readonly KeyView[]): LawView {
	const { contests, levels, proceedings } = reader.election;
	const { grounds, clocks, courts, witnessTimeout } = proceedings;
	const clock = (id: string) => clocks.find((one) => one.id === id)?.text;
	return {
		contests: [...contests.values()].map(({ id, title, collation, declaration }) => ({
			contest: { id, text: title },
			steps: collation.map((step) => ({
				level: levels.find((one) => one.id === step.level)?.name ?? {},
				title: step.title,
			})),
			...(declaration === undefined
				? {}
				: { declaration: { title: declaration.title, citation: declaration.citation } }),
		})),
		grounds: grounds.map(({ id, text, citation, standing, answeredBy, within, answerWithin }) => {
			const [lodge, answer] = [clock(within), clock(answerWithin)];
			return {
				id,
				text,
				citation,
				standing,
				answered_by: answeredBy,
				...(lodge === undefined ? {} : { within: lodge }),
				...(answer === undefined ? {} : { answer_within: answer }),
			};
		}),
		clocks,
		courts: courts.map(({ id, name, keys: own }) => ({ id, text: name, keys: keys(own) })),
		...(witnessTimeout === undefined ? {} : { witness_timeout: witnessTimeout }),
	};
}

const KINDS = [
	'quarantine',
	'disregard',
	'status',
	'replaces',
	'withhold',
	'revoke',
	'amend',
	'proceed',
	'supersede',
	'answer',
	'dissent',
	'order',
	'notice',
	'surface',
	'attempt',
] as const;

function codesOf(codes: Codes): Readonly<Record<string, readonly CodeView[]>> {
	return Object.fromEntries(KINDS.map((kind) => [kind, codes[kind].map(({ id }) => codeView(codes, kind, id))]));
}
