/** In words: statements about what has been counted and what people file (S33–S44). As in `catalogue.ts`, nothing here decides what is accepted. */
import type { StatementType } from '@matokeo/core/record/statement.ts';
import type { Entry } from './catalogue.ts';

export type ActType = Extract<
	StatementType,
	| 'form/original'
	| 'tally/mark'
	| 'collation/certify'
	| 'result/declare'
	| 'result/dissent'
	| 'result/record'
	| 'objection/lodge'
	| 'objection/answer'
	| 'notice/file'
	| 'authority/order'
	| 'count/lodge'
>;

const TEXT = 'digest of a salted text; --text FILE salts it, names it here and sends it; may be left out';
const CODE = 'code from the package';

type Members = Entry['members'];

/** Of certificates and declarations; `matokeo certify` and `matokeo declare` fill them in from the mark. */
const ON_MARK: Members = [
	['contest', 'id'],
	['counts', 'how many returns stand where, as at the mark'],
	['list', "SHA-256 of the mark's sheet"],
	['mark', 'id of the mark that it rests on'],
	['number', '1 for the first, then one more each time'],
	[
		'proceed',
		'class that stands open → code of the rule that permits to go on all the same; exactly those that are open',
	],
	['supersedes', 'from number 2 on: statement, the one in force until now, and reason, a code of the package'],
	['totals', 'counted field → number, as at the mark'],
	['unwitnessed', 'witnesses that have not seen the mark when their time is over, exactly those'],
];

export const ACTS: Readonly<Record<ActType, Entry>> = {
	'form/original': {
		says: 'I have seen the paper original of this return, and compared it with its reading',
		signers: 'a receiving officer whose key reaches there',
		members: [
			['contest', 'id'],
			['custody', 'from (presiding-officer, courier, store or court) and seal (intact, broken, none or unclear)'],
			[
				'differs',
				'ids of the fields in which the paper says something else than the reading; [] when it agrees in all',
			],
			['poll', '1, or 2 and more after a re-poll'],
			['reading', 'id of the accepted reading with which it was compared; left out when there is none'],
			['serial', 'the printed serial as it stands on the paper; may be left out'],
			['station', 'id'],
			['attributes', 'where the form has a checklist'],
		],
	},
	'tally/mark': {
		says: 'contest and area are frozen here, as they stand at this place of the log',
		signers: "the log's key, when an official asks for it: matokeo mark",
		members: [
			['area', 'id'],
			['contest', 'id'],
			['seen', 'id of the mark before it; left out for the first'],
		],
	},
	'collation/certify': {
		says: 'this is the collation of this area, with everything named that is missing, and I vouch for it',
		signers: 'the returning officer of this very area and contest; easiest with `matokeo certify`',
		members: [['area', 'id'], ...ON_MARK],
	},
	'result/declare': {
		says: 'this is the declared result of this contest',
		signers: 'whom the package names: the officer of the scope, the chair, or a quorum; easiest with `matokeo declare`',
		members: [
			...ON_MARK,
			['outcome', 'what the rule says of the totals, as at the mark; nobody chooses it'],
			['seen', 'id of the last declaration or order on this result; left out when there was none'],
			['texts', 'language → SHA-256 of the generated text, as at the mark'],
		],
	},
	'result/dissent': {
		says: 'I belong to those who declare, and do not agree',
		signers: 'one member of the declaring authority, alone',
		members: [
			['contest', 'id'],
			['of', 'id of the declaration, or of the record of one'],
			['reason', CODE],
			['text', TEXT],
		],
	},
	'result/record': {
		says: 'a result was declared outside this log, and this is the document',
		signers: 'one or more members of the declaring authority',
		members: [
			['claimed', 'outcome and totals as the document has them; may be left out'],
			['contest', 'id'],
			['document', 'digest of the document; --document FILE names and sends it'],
			['mark', 'id of the mark that it claims to rest on; may be left out'],
			['when', 'UTC seconds at which it was declared'],
		],
	},
	'objection/lodge': {
		says: 'I object, on this ground',
		signers: 'an agent, a party, an observer or an official; for others the registry enters what came on paper',
		members: [
			['behalf', 'paper filings: office, received (UTC seconds), and party where it is one'],
			['contest', 'id'],
			['evidence', 'digests of files; --document FILE names and sends them; may be left out'],
			['ground', 'id of a ground of the package'],
			['target', 'kind: return (station, poll), area (area), contest, or statement (statement)'],
			['text', TEXT],
		],
	},
	'objection/answer': {
		says: 'this is the answer to the objection',
		signers: 'who answers its ground by the package, or to whom it was referred; never who lodged it',
		members: [
			['objection', 'id'],
			['outcome', 'upheld, dismissed or referred'],
			['reason', CODE],
			['seen', 'id of the last statement on the objection: its lodging, or the last answer'],
			['text', TEXT],
			['to', 'when referred: returning-officer, authority, or the id of a court'],
		],
	},
	'notice/file': {
		says: 'this happened, or was changed, around the count',
		signers: 'an official; for pause, resume and emergency-change two of different holders',
		members: [
			[
				'notice',
				'kind: error, incident, attestation, pause, resume or emergency-change, with its members; `at` is when it took effect (UTC seconds)',
			],
			['text', TEXT],
		],
	},
	'count/lodge': {
		says: 'this is another count of the contest, to be laid beside the log',
		signers: 'an agent, a party, an observer or a newsroom',
		members: [
			['at', 'UTC seconds: as of when it stood'],
			['contest', 'id'],
			['level', 'id of the level of its rows; left out: polling stations'],
			[
				'obtained',
				'forms, posted-forms, published-images, official-figures, other-publication, handed-over or undisclosed',
			],
			['rows', 'rows of the table; filled in from --document when left out'],
			['seen', "id of this holder's last count of the contest; left out for the first"],
			['table', 'digest of the table; --document FILE names and sends it'],
			['text', 'digest of whose count it is and how it came about; --text FILE salts, names and sends it'],
		],
	},
	'authority/order': {
		says: 'a court, tribunal or legislature has ordered this',
		signers:
			"a key of the court, or the authority's quorum that enters it; a party's root lodges a copy without effect",
		members: [
			['basis', CODE],
			['citation', 'number of the case or law: A-Z a-z 0-9 . / _ -'],
			['court', 'id of the court in the package'],
			['decided', 'UTC seconds of the decision'],
			['document', 'digest of the document; --document FILE names and sends it'],
			[
				'order',
				'kind: stay, lift, recount, admit, set-aside, reinstate, substitute, re-poll, annul or replace-winner, with its members',
			],
		],
	},
};
