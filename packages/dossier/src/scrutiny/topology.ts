/**
 * Configuration and topology (Y9): every configuration that was in force, whole and by digest; the witnesses of the package with the addresses that were configured; what was attested about the machines, by digest. How many machines there are, what
 * stands before them and how they are guarded is in the attested documents: no program can see that of itself.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicy } from '@matokeo/core/log/policyFile.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { hexEncode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Json } from '@matokeo/core/std/canonical.ts';
import { membersOf, readJson, rowsOf } from '@matokeo/verifier/pack/foreign.ts';
import { startsIn } from './bookFiles.ts';
import { type Cell, list, MOMENT, moment, table } from './cells.ts';
import type { PackFile } from './packFile.ts';
import type { SaidAt } from './record.ts';

export interface AttestationBook {
	readonly visit: (said: SaidAt) => void;
	/** `known`: digests of what is in the pack, with its path. */
	readonly files: (known: ReadonlyMap<string, string>) => readonly PackFile[];
}

export function attestationBook(): AttestationBook {
	const lines: ((known: ReadonlyMap<string, string>) => readonly Cell[])[] = [];
	return {
		visit: ({ index, time, id, statement }) => {
			if (statement.type !== 'notice/file' || statement.notice.kind !== 'attestation') return;
			const { at, accounts, builds, configuration, topology } = statement.notice;
			const digests = [configuration, builds, accounts, topology];
			lines.push((known) => [
				index,
				...moment(time),
				...moment(at),
				list(statement.by),
				...digests,
				list(digests.flatMap((digest) => known.get(digest) ?? [])),
				statement.text,
				id,
			]);
		},
		files: (known) => [
			{
				path: 'topology/attestations.csv',
				content: table(
					COLUMNS,
					lines.map((line) => line(known)),
				),
			},
		],
	};
}

const COLUMNS = [
	'index',
	...MOMENT('time'),
	...MOMENT('held_at'),
	'signers',
	'configuration_sha256',
	'builds_sha256',
	'accounts_sha256',
	'topology_sha256',
	'in_this_pack',
	'text_sha256',
	'id',
];

/** Whose cosignatures count is the package's; where each is asked is the last configuration's. */
export function topologyFile({ suite, election }: Context, configured: readonly unknown[]): PackFile {
	const policy = parsePolicy(suite, utf8Encode(election.witnesses.source));
	const witnesses = policy.ok
		? policy.value.witnesses.map(({ name, key, url }) => {
				const { runBy } = election.witnesses;
				return {
					name,
					run_by: runBy[name] ?? '',
					key: hexEncode(key.publicKey),
					...(url === undefined ? {} : { url }),
				};
			})
		: [];
	const { origin, key, spare } = election.log;
	const keys = [key, spare].map(({ name, publicKey }) => ({ name, key: hexEncode(publicKey) }));
	const content = {
		log: { origin, keys },
		quorum: policy.ok ? policy.value.quorum : '',
		witnesses,
		addresses_configured: configured,
	};
	return { path: 'topology/topology.json', content: `${JSON.stringify(content, null, '\t')}\n` };
}

const CONFIGURATION = /^([0-9a-f]{64})\.json$/;

export interface Configurations {
	readonly files: readonly PackFile[];
	readonly digests: readonly string[];
	/** Addresses of witnesses as the last one has them. */
	readonly addresses: readonly unknown[];
}

export function configurations(dir: string): Configurations {
	const folder = join(dir, 'books', 'configuration');
	const found = namesIn(folder).flatMap((name) => CONFIGURATION.exec(name)?.[1] ?? []);
	const starts = startsIn(dir);
	const last = starts.at(-1)?.['configuration'];
	const bytes = new Map(found.map((digest) => [digest, readFileSync(join(folder, `${digest}.json`))]));
	const files = [...bytes].map(([digest, content]): PackFile => {
		return { path: `configuration/${digest}.json`, content: () => content };
	});
	const lines = found.map((digest) => {
		const used = starts.filter(({ configuration }) => configuration === digest);
		const [first, end] = [used[0]?.['time'], used.at(-1)?.['time']];
		const isLast = digest === last ? 'yes' : 'no';
		return [digest, used.length, ...moment(secondsOf(first)), ...moment(secondsOf(end)), isLast];
	});
	const columns = ['sha256', 'starts', ...MOMENT('first_start'), ...MOMENT('last_start'), 'in_force'];
	return {
		digests: found,
		files: [...files, { path: 'configuration/in-force.csv', content: table(columns, lines) }],
		addresses: witnessesIn(typeof last === 'string' ? bytes.get(last) : undefined),
	};
}

function witnessesIn(bytes: Uint8Array | undefined): readonly unknown[] {
	const whole = bytes === undefined ? undefined : readJson(new TextDecoder().decode(bytes));
	return rowsOf(membersOf(whole?.get('witnesses')).get('value'));
}

function secondsOf(value: Json | undefined): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

function namesIn(folder: string): readonly string[] {
	try {
		return readdirSync(folder).sort();
	} catch {
		// No server that keeps books has run here.
		return [];
	}
}
