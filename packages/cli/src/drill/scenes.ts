/**
 * What goes wrong on an election night, scene by scene, and who notices: a witness is killed, one lies, the whole machine is put back to an old copy, two audiences are shown two logs. Each scene does it with real processes and
 * says what was seen.
 */
import { cpSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { grouped } from '@matokeo/core/result/describe.ts';
import { startChild } from '../company/child.ts';
import type { Forger } from './forger.ts';
import {
	expectThat,
	HOST,
	mirrorUrl,
	type Stage,
	say,
	serverUrl,
	sizeAt,
	start,
	startLiar,
	startMirror,
	startServer,
	startWitness,
	WITNESSES,
} from './stage.ts';
import { imagesAwaited, witnessing } from './witnessing.ts';

const NEWSROOM = 'witness/newsroom';

/** Before anything is served: the copy of the whole machine that is put back later. */
export function keepCopy({ dir }: Stage): void {
	cpSync(join(dir, 'server'), join(dir, 'old-copy'), { recursive: true });
}

export async function opening(stage: Stage): Promise<void> {
	say(stage, '\n1. Four witnesses and a mirror beside the server; any three are a quorum');
	for (const name of WITNESSES) await startWitness(stage, name);
	await startServer(stage);
	await startMirror(stage);
	await expectThat(stage, 'a quorum has cosigned the log', async () => {
		const seen = await witnessing(serverUrl(stage));
		return seen?.quorum === 'met' && seen.size > 0;
	});
	await expectThat(stage, 'the mirror has verified all of it', async () => {
		return (await sizeAt(mirrorUrl(stage))) === (await sizeAt(serverUrl(stage)));
	});
	await standing(stage);
}

export async function oneKilled({ children, ...rest }: Stage): Promise<void> {
	const stage = { children, ...rest };
	say(stage, '\n2. One witness is killed');
	await children.get(NEWSROOM)?.stop('SIGKILL');
}

export async function oneKilledSeen(stage: Stage): Promise<void> {
	await expectThat(stage, 'the pages name it as silent, and the others are a quorum', async () => {
		const seen = await witnessing(serverUrl(stage));
		const state = seen?.witnesses.find(({ name }) => name === NEWSROOM)?.state;
		return state === 'silent' && seen?.quorum === 'met';
	});
	await standing(stage);
}

export async function oneLies(stage: Stage): Promise<Server> {
	say(stage, '\n3. In its place comes one that lies: it claims to have seen 999,999 statements');
	return startLiar(stage, NEWSROOM);
}

export async function oneLiesSeen(stage: Stage, liar: Server): Promise<void> {
	await expectThat(stage, 'nobody believes it, it is named, and the log goes on', async () => {
		const seen = await witnessing(serverUrl(stage));
		const witness = seen?.witnesses.find(({ name }) => name === NEWSROOM);
		return witness?.state === 'unbelievable' && witness.claims === 999_999 && seen?.quorum === 'met';
	});
	await standing(stage);
	liar.closeAllConnections();
	await new Promise((resolve) => liar.close(resolve));
	await startWitness(stage, NEWSROOM);
	await expectThat(stage, 'the true one comes back with what it remembers, and cosigns', async () => {
		const seen = await witnessing(serverUrl(stage));
		return seen?.witnesses.find(({ name }) => name === NEWSROOM)?.state === 'well';
	});
}

export async function putBack(stage: Stage): Promise<void> {
	const { dir, children } = stage;
	say(stage, '\n4. The whole machine is put back to a copy from before: database, folder and all');
	await expectThat(stage, 'the mirror has everything up to now, images too', async () => {
		return (
			(await sizeAt(mirrorUrl(stage))) === (await sizeAt(serverUrl(stage))) &&
			(await imagesAwaited(mirrorUrl(stage))) === 0
		);
	});
	const acknowledged = await sizeAt(serverUrl(stage));
	await children.get('server')?.stop();
	renameSync(join(dir, 'server'), join(dir, 'server-as-it-was'));
	cpSync(join(dir, 'old-copy'), join(dir, 'server'), { recursive: true });
	const words = WITNESSES.flatMap((name) => ['--witness', `${name}=http://${HOST}:${stage.ports.witnesses[name]}`]);
	const refused = startChild('server, put back', [
		'serve',
		join(dir, 'server'),
		'--port',
		String(stage.ports.server),
		...words,
	]);
	const code = await refused.ended;
	await expectThat(stage, 'it asks its witnesses first, and refuses to start', async () => code === 2);
	say(stage, indented(refused.said()));
	say(stage, `  So: matokeo rebuild ${join(dir, 'server')} --from ${mirrorUrl(stage)}`);
	const rebuilt = startChild('rebuild', ['rebuild', join(dir, 'server'), '--from', mirrorUrl(stage)]);
	const rebuiltCode = await rebuilt.ended;
	await expectThat(stage, 'what was lost comes back from the mirror', async () => rebuiltCode === 0);
	say(stage, indented(rebuilt.said()));
	const verified = startChild('verify', ['verify', join(dir, 'server', 'public'), '--anchor', stage.anchor]);
	const verifiedCode = await verified.ended;
	await expectThat(stage, 'it verifies, every image included', async () => verifiedCode === 0);
	await startServer(stage);
	await expectThat(
		stage,
		`it goes on from ${grouped(acknowledged)} statements: nothing acknowledged is lost`,
		async () => (await sizeAt(serverUrl(stage))) >= acknowledged,
	);
	await expectThat(
		stage,
		'the mirror follows it again',
		async () => (await sizeAt(mirrorUrl(stage))) === (await sizeAt(serverUrl(stage))),
	);
}

/** A second server under the same key, on a copy of the log: it says something else to its own audience. */
export async function split(stage: Stage, forger: Forger): Promise<void> {
	const { dir, ports, children } = stage;
	say(stage, '\n5. A split view: the operator shows another log, under the same key, to other people');
	await children.get('server')?.stop();
	cpSync(join(dir, 'server'), join(dir, 'other-server'), { recursive: true });
	await startServer(stage);
	await start(stage, 'other server', ['serve', join(dir, 'other-server'), '--port', String(ports.otherServer)]);
	const url = `http://${HOST}:${ports.otherServer}`;
	await forger.sayTo(url);
	say(
		stage,
		'  It asks no witness: each has cosigned the first log and would refuse. After a minute without a quorum its pages say so.',
	);
	await expectThat(stage, 'the pages of the second log have no quorum', async () => {
		const seen = await witnessing(url);
		return seen !== undefined && seen.quorum !== 'met';
	});
}

export async function splitSeen(stage: Stage): Promise<void> {
	const { dir, ports, anchor } = stage;
	const other = `http://${HOST}:${ports.otherServer}`;
	const words = ['--anchor', anchor, '--name', 'a party', '--port', String(ports.otherMirror), '--poll', '1'];
	const mirror = await start(stage, 'other mirror', [
		'mirror',
		other,
		join(dir, 'other-mirror'),
		...words,
		'--also',
		mirrorUrl(stage),
	]);
	const alarm = await mirror.says(/SECURITY/);
	await expectThat(
		stage,
		'a mirror of the second log compares with the first mirror, and stops: SECURITY',
		async () => alarm,
	);
	say(stage, indented(mirror.said().slice(mirror.said().indexOf('SECURITY'))));
	await verifiedElsewhere(stage);
	say(
		stage,
		`    look at it: the second log ${other}/en/about.html#witnesses   its mirror http://${HOST}:${ports.otherMirror}/mirror.html`,
	);
	await look(stage);
}

/** The evidence file alone, in a folder with nothing else in it. */
async function verifiedElsewhere(stage: Stage): Promise<void> {
	const { dir, anchor } = stage;
	const found = readdirSync(join(dir, 'other-mirror', 'evidence')).find((name) => name.endsWith('.evidence.json'));
	if (found === undefined) {
		stage.faults.push('there is no evidence file');
		return;
	}
	mkdirSync(join(dir, 'elsewhere'));
	const file = join(dir, 'elsewhere', found);
	cpSync(join(dir, 'other-mirror', 'evidence', found), file);
	say(stage, `  Anybody, anywhere: matokeo verify --evidence ${file} --anchor ${anchor}`);
	const judged = startChild('verify --evidence', ['verify', '--evidence', file, '--anchor', anchor]);
	const code = await judged.ended;
	await expectThat(
		stage,
		'the file alone, in another folder, proves it',
		async () => code === 1 && judged.said().startsWith('PROVED'),
	);
	say(stage, indented(judged.said()));
}

async function standing(stage: Stage): Promise<void> {
	const seen = await witnessing(serverUrl(stage));
	if (seen === undefined) return;
	for (const { name, state, size, claims } of seen.witnesses.filter(({ state }) => state !== 'unasked'))
		say(
			stage,
			`    ${name.padEnd(20)} ${state}${claims === undefined ? '' : `, claims ${grouped(claims)}`}, cosigned ${grouped(size)}`,
		);
	say(stage, `    look at it: ${serverUrl(stage)}/en/about.html#witnesses   mirror: ${mirrorUrl(stage)}/mirror.html`);
	await look(stage);
}

async function look({ lookMs }: Stage): Promise<void> {
	if (lookMs > 0) await new Promise((resolve) => setTimeout(resolve, lookMs));
}

function indented(text: string): string {
	return text
		.trimEnd()
		.split('\n')
		.map((line) => `    | ${line}`)
		.join('\n');
}
