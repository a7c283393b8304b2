/** The documents of a return: every capture with its images, the officer's figures, the readings as far as they are open, and what was accepted. */
import type { Digest } from '@matokeo/core/record/said.ts';
import type { FormCapture, Image } from '@matokeo/core/record/statement.ts';
import { countedCapture, isOfficial } from '@matokeo/core/rules/returns.ts';
import type { CaptureRow, ReturnRow } from '@matokeo/core/rules/rows.ts';
import type { RecordReader } from '../record.ts';
import { codeView } from './heads.ts';
import { leafAt } from './leaves.ts';
import type { CaptureView, ImageView } from './stationTypes.ts';

export interface Captures {
	readonly views: readonly CaptureView[];
	/** Digests of all their images. */
	readonly images: ReadonlySet<Digest>;
}

/** `timeOf`: the log's time at an index, UTC seconds. */
export function captureViews(reader: RecordReader, row: ReturnRow, timeOf: (index: number) => number): Captures {
	const counted = countedCapture(row);
	const views = row.captures.flatMap(
		(capture) => captureView(reader, capture, capture === counted, timeOf(capture.at)) ?? [],
	);
	return { views, images: new Set(views.flatMap((view) => view.images.map(({ sha256 }) => sha256))) };
}

function captureView(
	reader: RecordReader,
	capture: CaptureRow,
	counted: boolean,
	time: number,
): CaptureView | undefined {
	const statement = leafAt(reader, capture.at)?.statement;
	if (statement?.type !== 'form/capture') return undefined;
	const { accepted, figures } = capture;
	return {
		id: capture.id,
		index: capture.at,
		time,
		counted,
		official: isOfficial(capture),
		kind: statement.kind,
		route: statement.route,
		by: capture.by,
		role: capture.role,
		...(statement.serial === undefined ? {} : { serial: statement.serial }),
		agents: statement.agents ?? [],
		attributes: statement.attributes ?? {},
		...replaced(reader, statement),
		images: statement.images.map((image) => imageView(reader, image)),
		...(figures === undefined ? {} : { figures }),
		readings: capture.readings.map(({ id, clerk, figures: read }) => ({
			id,
			by: clerk,
			...(read === undefined ? {} : { figures: read }),
		})),
		...(accepted === undefined
			? {}
			: { accepted: { reading: accepted.reading, figures: accepted.figures, by: accepted.by } }),
	};
}

function replaced({ election }: RecordReader, { replaces }: FormCapture): Pick<CaptureView, 'replaces'> {
	if (replaces === undefined) return {};
	return { replaces: { capture: replaces.capture, reason: codeView(election.codes, 'replaces', replaces.reason) } };
}

function imageView({ election, rows }: RecordReader, { kind, sha256, size }: Image): ImageView {
	const row = rows.get('blob', sha256);
	const held = row?.held !== undefined;
	return {
		kind,
		sha256,
		size,
		held,
		shown: held && row.withheld === undefined && election.publicImages.includes(kind),
		...(row?.withheld === undefined ? {} : { withheld: codeView(election.codes, 'withhold', row.withheld) }),
	};
}
