/**
 * Debian's nginx over a folder, on a free port of the loopback network, with one worker and no log: a static host as anybody would run one. Answers `undefined` where there is none.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { connect } from '@matokeo/rehearsal/http/connection.ts';

export interface Nginx {
	readonly url: string;
	readonly version: string;
	readonly close: () => Promise<void>;
}

/** Until it answers: tenths of a second. */
const STARTING_MAX = 50;

/** `scratch`: a folder for what nginx writes. */
export async function startNginx(folder: string, scratch: string): Promise<Nginx | undefined> {
	const { stderr, status } = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
	if (status !== 0) return undefined;
	const port = await freePort();
	const file = join(scratch, 'nginx.conf');
	writeFileSync(file, configuration(folder, scratch, port));
	const child = spawn('nginx', ['-e', join(scratch, 'nginx.log'), '-c', file], {
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	const url = `http://127.0.0.1:${port}`;
	for (let attempt = 0; !(await answers(url)); attempt++) {
		if (attempt === STARTING_MAX) throw new Error('nginx does not answer; see what it wrote');
		await setTimeout(100);
	}
	return {
		url,
		version: stderr.trim(),
		close: async () => {
			const gone = once(child, 'exit');
			child.kill('SIGTERM');
			await gone;
		},
	};
}

/** As root it would become another user, who cannot read our folder. */
function configuration(folder: string, scratch: string, port: number): string {
	const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
	return `daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${join(scratch, 'nginx.pid')};
events { worker_connections 2048; }
http {
	access_log off;
	sendfile on;
	keepalive_requests 10000;
	open_file_cache max=10000;
	types { text/html html; application/json json; }
	${paths.map((name) => `${name}_temp_path ${join(scratch, name)};`).join(' ')}
	server { listen 127.0.0.1:${port}; root ${folder}; }
}
`;
}

async function answers(url: string): Promise<boolean> {
	const connection = connect(url, 1);
	try {
		return (await connection.send({ method: 'GET', path: '/checkpoint' }))?.status === 200;
	} catch {
		return false;
	} finally {
		connection.close();
	}
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	if (address === null || typeof address === 'string') throw new Error('a listening server has a port');
	return address.port;
}
