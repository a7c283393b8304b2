/**
 * A worker thread that draws forms while the main thread appends others. It is told each design once, by its id.
 */
import { parentPort } from 'node:worker_threads';
import { drawForm, type FilledForm } from './draw.ts';
import { type FormDesign, type FormLayout, prepareForm } from './layout.ts';

export interface DrawingOrder {
	readonly number: number;
	/** Designs that have not been sent before, by id. */
	readonly designs: readonly { readonly id: string; readonly design: FormDesign }[];
	readonly forms: readonly { readonly design: string; readonly filled: FilledForm }[];
}

export interface Drawn {
	readonly number: number;
	readonly images: readonly Uint8Array[];
}

const layouts = new Map<string, FormLayout>();

parentPort?.on('message', ({ number, designs, forms }: DrawingOrder) => {
	for (const { id, design } of designs) layouts.set(id, prepareForm(design));
	const images = forms.map(({ design, filled }) => {
		const layout = layouts.get(design);
		if (layout === undefined) throw new Error(`no design "${design}" was sent`);
		return drawForm(layout, filled);
	});
	const drawn: Drawn = { number, images };
	parentPort?.postMessage(drawn);
});
