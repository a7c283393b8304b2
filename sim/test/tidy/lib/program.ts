/**
 * The code as the compiler sees it: syntax trees and types of everything that `tsconfig.json` includes. A text can be laid over a
 * file, so that a rule can be shown a violation that is not in the tree. The compiler's interface is marked unstable by its
 * makers; this file is the only one that speaks to it.
 */
import { join } from 'node:path';
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import { API, type Checker } from 'typescript/unstable/sync';
import { ROOT, type Text } from './tree.ts';

/** One file: its path from the root and its tree. */
export interface Unit {
	readonly path: string;
	readonly text: string;
	readonly file: SourceFile;
}

export interface Program {
	readonly units: readonly Unit[];
	readonly checker: Checker;
	readonly close: () => void;
}

/** Opens the whole project, with the given texts in place of what stands in those files. */
export function openProgram(laidOver: readonly Text[] = []): Program {
	const over = new Map(laidOver.map(({ path, text }) => [join(ROOT, path), text]));
	const api = new API({ cwd: ROOT, fs: { readFile: (path) => over.get(path) } });
	const project = api.updateSnapshot({ openProjects: [join(ROOT, 'tsconfig.json')] }).getProjects()[0];
	if (project === undefined) throw new Error('the compiler did not open tsconfig.json');
	const units = project.rootFiles.flatMap((name): readonly Unit[] => {
		const file = project.program.getSourceFile(name);
		return file === undefined ? [] : [{ path: name.slice(ROOT.length + 1), text: file.text, file }];
	});
	return { units, checker: project.checker, close: () => api.close() };
}

/** Calls `see` for a node and for all below it, each parent before its children. */
export function visit(node: Node, see: (node: Node) => void): void {
	see(node);
	node.forEachChild((child) => {
		visit(child, see);
		return undefined;
	});
}

/** Line of a node's first word, counted from 1. */
export function lineOf(node: Node, { text }: Unit): number {
	return text.slice(0, node.getStart()).split('\n').length;
}

/** How many lines a node stands on. */
export function linesIn(node: Node, { text }: Unit): number {
	return text.slice(node.getStart(), node.end).split('\n').length;
}

const FUNCTIONS = new Set([
	SyntaxKind.FunctionDeclaration,
	SyntaxKind.FunctionExpression,
	SyntaxKind.ArrowFunction,
	SyntaxKind.MethodDeclaration,
	SyntaxKind.Constructor,
	SyntaxKind.GetAccessor,
	SyntaxKind.SetAccessor,
]);

export function isFunction(node: Node): boolean {
	return FUNCTIONS.has(node.kind);
}

/** The functions that a node stands in, innermost first. */
export function functionsAround(node: Node): readonly Node[] {
	const around: Node[] = [];
	for (let up = node.parent; up !== undefined; up = up.parent) if (isFunction(up)) around.push(up);
	return around;
}
