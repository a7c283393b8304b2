/**
 * Forms drawn in another thread: an order goes out, its images come back in order. A fault of the worker fails every order that is waiting.
 */
import { Worker } from 'node:worker_threads';
import type { FilledForm } from './draw.ts';
import type { DrawingOrder, Drawn } from './drawingWorker.ts';
import type { FormDesign } from './layout.ts';

export interface DesignedForm {
	readonly id: string;
	readonly design: FormDesign;
	readonly filled: FilledForm;
}

export interface DrawingRoom {
	readonly draw: (forms: readonly DesignedForm[]) => Promise<readonly Uint8Array[]>;
	readonly close: () => Promise<void>;
}

interface Waiting {
	readonly resolve: (images: readonly Uint8Array[]) => void;
	readonly reject: (trouble: Error) => void;
}

export function openDrawingRoom(): DrawingRoom {
	const worker = new Worker(new URL('./drawingWorker.ts', import.meta.url));
	const waiting = new Map<number, Waiting>();
	const sent = new Set<string>();
	let orders = 0;
	worker.on('message', ({ number, images }: Drawn) => {
		waiting.get(number)?.resolve(images);
		waiting.delete(number);
	});
	worker.on('error', (trouble: Error) => {
		for (const one of waiting.values()) one.reject(trouble);
		waiting.clear();
	});
	return {
		draw: (forms) => {
			const number = orders++;
			const fresh = new Map(forms.filter(({ id }) => !sent.has(id)).map(({ id, design }) => [id, design]));
			for (const id of fresh.keys()) sent.add(id);
			const order: DrawingOrder = {
				number,
				designs: [...fresh].map(([id, design]) => ({ id, design })),
				forms: forms.map(({ id, filled }) => ({ design: id, filled })),
			};
			return new Promise((resolve, reject) => {
				waiting.set(number, { resolve, reject });
				worker.postMessage(order);
			});
		},
		close: async () => {
			await worker.terminate();
		},
	};
}
