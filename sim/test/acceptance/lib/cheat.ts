/**
 * What whoever runs the server can do: take its folder and change it, sign the log anew with the log's key, with or without statements, and stand between the server and its readers. What it cannot do is sign for anybody
 * else. Folders are served by a host of static files, so that citizens meet them over HTTP like any other log.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { publish } from '@matokeo/verifier/testing/publish.ts';
import { type Note, suite } from '@matokeo/verifier/testing/smallLog.ts';
import { matokeo, type Ran } from '../../lib/matokeo.ts';
import { type Count, later, newFolder } from './count.ts';
import { picture } from './wire.ts';

/** Everything that the log says, as it is published; a small log has one bundle. */
export function notesOf({ dir, service }: Count): readonly Note[] {
	const size = service.log.size();
	const bundle = decodeBundle(readFileSync(join(dir, `public/tile/entries/000.p/${size}`)), size);
	if (!bundle.ok) throw new Error(bundle.error);
	return bundle.value.map((bytes) => {
		const leaf = parseLeaf(suite, bytes);
		if (!leaf.ok) throw new Error(leaf.error.why);
		return { tag: leaf.value.statement.type, id: leaf.value.id, bytes };
	});
}

export function lastOf(notes: readonly Note[], type: StatementType): Note {
	const note = notes.findLast(({ tag }) => tag === type);
	if (note === undefined) throw new Error(`the log has no ${type}`);
	return note;
}

/**
 * The statements as an operator would have them who hides one so that nothing in the log itself shows it: ticks of the log's own in its place, and in the place of what the log says its witnesses saw from there on.
 */
export function hiding(count: Count, id: string): readonly Note[] {
	const notes = notesOf(count);
	const from = notes.findIndex((note) => note.id === id);
	if (from < 0) throw new Error('this statement is not in the log');
	let time = count.clock.seconds;
	return notes.map((note, index) => {
		const gone = note.id === id || (index > from && note.tag === 'log/witnessed');
		return gone ? count.speak({ type: 'clock/tick', time: ++time }, ORIGIN) : note;
	});
}

/** A whole public folder of these statements, signed by the log's key and by nobody else; what the rules refuse is in the log and in no result. */
export function forged({ of }: Count, notes: readonly Note[], files: readonly Uint8Array[] = []): string {
	const images = [...of.election.stations.keys()].map(picture);
	return publish(notes, { election: of, witnesses: [], files: [...images, ...files] }).dir;
}

/** The published folder as it is at this moment, to be changed. */
export function copyOf({ dir }: Count): string {
	const copy = join(newFolder(), 'public');
	cpSync(join(dir, 'public'), copy, { recursive: true });
	return copy;
}

/** Changes text in a file, and fails where it is not there. */
export function rewrite(folder: string, file: string, from: string | RegExp, to: string): void {
	const text = readFileSync(join(folder, file), 'utf8');
	const changed = text.replace(from, to);
	if (changed === text) throw new Error(`${file} does not say ${String(from)}`);
	writeFileSync(join(folder, file), changed);
}

/** A folder on a host of static files; the address. */
export function host(folder: string): Promise<string> {
	return listening((request, response) => {
		try {
			const bytes = readFileSync(join(folder, new URL(request.url ?? '/', 'http://x').pathname));
			response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
		} catch {
			response.writeHead(404).end();
		}
	});
}

/** Stands in front of a server and changes what readers are shown. */
export function between(url: string, change: (path: string, text: string) => string): Promise<string> {
	return listening((request, response) => {
		const path = request.url ?? '/';
		fetch(`${url}${path}`)
			.then(async (answer) => {
				const type = answer.headers.get('content-type') ?? '';
				const bytes = Buffer.from(await answer.arrayBuffer());
				const body = /html|json/.test(type) ? Buffer.from(change(path, bytes.toString())) : bytes;
				response.writeHead(answer.status, { 'content-type': type }).end(body);
			})
			.catch(() => response.destroy());
	});
}

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
	const server = createServer(answer);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	later(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('a listening server has an address');
	return `http://127.0.0.1:${address.port}`;
}

/** A citizen verifies what is served there, with the anchor that was printed before polling. */
export function verifyAt(url: string, { anchor }: Count, ...given: readonly string[]): Promise<Ran> {
	return matokeo('verify', `${url}/`, ...anchor, ...given);
}
