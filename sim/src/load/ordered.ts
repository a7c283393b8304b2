/**
 * A process that says when it is ready, is given one order, and answers once.
 */
import { fork, type Serializable } from 'node:child_process';

export function ordered<T>(program: string, order: Serializable): Promise<T> {
	const child = fork(program, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	return new Promise((resolve, reject) => {
		child.on('exit', (code) => reject(new Error(`${program} ended with ${code} before it had answered`)));
		child.on('message', (message: 'ready' | T) => {
			if (message === 'ready') child.send(order);
			else resolve(message);
		});
	});
}
