/**
 * The catalogues of all languages: for each, groups of messages in ICU MessageFormat, one JSON file per group. The English files say which ids there are, and the types hold the others to them;
 * that all take the same values is for the tests.
 */
import type { Language } from '../site/paths.ts';
import enAbout from './en/about.json' with { type: 'json' };
import enActs from './en/acts.json' with { type: 'json' };
import enArea from './en/area.json' with { type: 'json' };
import enChanges from './en/changes.json' with { type: 'json' };
import enCollation from './en/collation.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enContest from './en/contest.json' with { type: 'json' };
import enCounts from './en/counts.json' with { type: 'json' };
import enData from './en/data.json' with { type: 'json' };
import enDeclaration from './en/declaration.json' with { type: 'json' };
import enFeed from './en/feed.json' with { type: 'json' };
import enFilings from './en/filings.json' with { type: 'json' };
import enFind from './en/find.json' with { type: 'json' };
import enHome from './en/home.json' with { type: 'json' };
import enMissing from './en/missing.json' with { type: 'json' };
import enPapers from './en/papers.json' with { type: 'json' };
import enSaid from './en/said.json' with { type: 'json' };
import enSentence from './en/sentence.json' with { type: 'json' };
import enStation from './en/station.json' with { type: 'json' };
import esAbout from './es/about.json' with { type: 'json' };
import esActs from './es/acts.json' with { type: 'json' };
import esArea from './es/area.json' with { type: 'json' };
import esChanges from './es/changes.json' with { type: 'json' };
import esCollation from './es/collation.json' with { type: 'json' };
import esCommon from './es/common.json' with { type: 'json' };
import esContest from './es/contest.json' with { type: 'json' };
import esCounts from './es/counts.json' with { type: 'json' };
import esData from './es/data.json' with { type: 'json' };
import esDeclaration from './es/declaration.json' with { type: 'json' };
import esFeed from './es/feed.json' with { type: 'json' };
import esFilings from './es/filings.json' with { type: 'json' };
import esFind from './es/find.json' with { type: 'json' };
import esHome from './es/home.json' with { type: 'json' };
import esMissing from './es/missing.json' with { type: 'json' };
import esPapers from './es/papers.json' with { type: 'json' };
import esSaid from './es/said.json' with { type: 'json' };
import esSentence from './es/sentence.json' with { type: 'json' };
import esStation from './es/station.json' with { type: 'json' };
import swAbout from './sw/about.json' with { type: 'json' };
import swActs from './sw/acts.json' with { type: 'json' };
import swArea from './sw/area.json' with { type: 'json' };
import swChanges from './sw/changes.json' with { type: 'json' };
import swCollation from './sw/collation.json' with { type: 'json' };
import swCommon from './sw/common.json' with { type: 'json' };
import swContest from './sw/contest.json' with { type: 'json' };
import swCounts from './sw/counts.json' with { type: 'json' };
import swData from './sw/data.json' with { type: 'json' };
import swDeclaration from './sw/declaration.json' with { type: 'json' };
import swFeed from './sw/feed.json' with { type: 'json' };
import swFilings from './sw/filings.json' with { type: 'json' };
import swFind from './sw/find.json' with { type: 'json' };
import swHome from './sw/home.json' with { type: 'json' };
import swMissing from './sw/missing.json' with { type: 'json' };
import swPapers from './sw/papers.json' with { type: 'json' };
import swSaid from './sw/said.json' with { type: 'json' };
import swSentence from './sw/sentence.json' with { type: 'json' };
import swStation from './sw/station.json' with { type: 'json' };

const en = {
	common: enCommon,
	contest: enContest,
	area: enArea,
	missing: enMissing,
	home: enHome,
	station: enStation,
	changes: enChanges,
	about: enAbout,
	data: enData,
	find: enFind,
	sentence: enSentence,
	papers: enPapers,
	acts: enActs,
	said: enSaid,
	filings: enFilings,
	feed: enFeed,
	counts: enCounts,
	declaration: enDeclaration,
	collation: enCollation,
};

type English = typeof en;
export type Group = keyof English;
type Catalogue = { readonly [G in Group]: { readonly [Id in keyof English[G]]: string } };

/** `common.skip`, `station.title`: the group, and the id within it. */
export type MessageId = { readonly [G in Group]: `${G}.${keyof English[G] & string}` }[Group];

const sw: Catalogue = {
	common: swCommon,
	contest: swContest,
	area: swArea,
	missing: swMissing,
	home: swHome,
	station: swStation,
	changes: swChanges,
	about: swAbout,
	data: swData,
	find: swFind,
	sentence: swSentence,
	papers: swPapers,
	acts: swActs,
	said: swSaid,
	filings: swFilings,
	feed: swFeed,
	counts: swCounts,
	declaration: swDeclaration,
	collation: swCollation,
};

const es: Catalogue = {
	common: esCommon,
	contest: esContest,
	area: esArea,
	missing: esMissing,
	home: esHome,
	station: esStation,
	changes: esChanges,
	about: esAbout,
	data: esData,
	find: esFind,
	sentence: esSentence,
	papers: esPapers,
	acts: esActs,
	said: esSaid,
	filings: esFilings,
	feed: esFeed,
	counts: esCounts,
	declaration: esDeclaration,
	collation: esCollation,
};

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, sw, es };
