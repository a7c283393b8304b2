/**
 * A declaration, or the certificate that goes with it, as a paper (R18): the generated text word for word, under what has become of it since, then what stood open and was named, then who signed. The numbers keep the spelling
 * that the digest covers; nothing is formatted anew.
 */
import type { Parts } from '@matokeo/core/collation/declarationParts.ts';
import type { DeclarationDocument, DeclarationFacts } from '@matokeo/core/collation/declarationText.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import { wordsOf } from '../words/words.ts';
import { footOf, modeOf, noticeBlocks } from './frame.ts';
import { type Paper, type PaperBlock, type PaperColumn, plainOf, type Said } from './paper.ts';
import { proceedBlocks, type Signed, signatureBlocks, sinceBlocks } from './signed.ts';

/** `digest` is that of the document's text. Without a declaration it is the text that a mark would be declared with. */
export function declarationPaper(
	election: Election,
	document: DeclarationDocument,
	{ mark, digest }: { readonly mark: Pick<DeclarationFacts['mark'], 'index' | 'time'>; readonly digest: Digest },
	declaration: Signed | undefined,
): Paper {
	const { language } = document;
	const words = wordsOf(language);
	const blocks = document.blocks.map((block): PaperBlock => {
		if (block.kind !== 'table')
			return { kind: block.kind === 'heading' ? 'title' : 'paragraph', text: said(block.parts) };
		const columns = block.head.map((label, place): PaperColumn => {
			const isNumber =
				place > 0 && block.rows.some((row) => row[place]?.some(({ kind }) => kind === 'number') === true);
			return { label: said(label), align: isNumber ? 'number' : 'text', width: place === 0 ? 4 : isNumber ? 2 : 3 };
		});
		const caption = plainOf(said(block.head[0] ?? []));
		return { kind: 'table', caption, columns, rows: block.rows.map((row) => row.map(said)) };
	});
	const [first] = blocks;
	const title = first?.kind === 'title' ? plainOf(first.text) : words.say('papers.declarationPlain');
	const mode = modeOf(election, words);
	return {
		language,
		title,
		...(mode === undefined ? {} : { mode }),
		blocks: [
			...blocks.slice(0, 1),
			...sinceBlocks(words, declaration),
			...blocks.slice(1),
			...proceedBlocks(election, words, declaration),
			{
				kind: 'facts',
				items: [
					{
						label: words.say('declaration.heading', { mode: election.mode }),
						value:
							declaration === undefined
								? words.say('papers.declarationNone')
								: words.say('papers.certificateNumber', { n: declaration.number }),
					},
					{ label: words.say('papers.textDigest'), value: { foreign: digest } },
				],
			},
			...signatureBlocks(words, declaration, words.say('papers.declarationNone')),
			...noticeBlocks(election, words),
		],
		foot: footOf(election, words, mark.index, digest),
		time: mark.time,
	};
}

function said(parts: Parts): Said {
	return parts.map(({ kind, text }) => (kind === 'verbatim' ? { foreign: text } : text));
}
