import type { IExecuteFunctions } from 'n8n-workflow';
import { compileExpression, NOT_PLAIN, type Lookup } from './reference';

interface Piece {
	/** As it was typed, with its brackets. */
	code: string;
	/** For what only names a field of the item; n8n evaluates the others. */
	lookup: Lookup | undefined;
}

/** What JavaScript writes for a value that is not there, when an expression puts text together by itself. */
const MISSING = /(?<![\p{L}\p{N}])(?:undefined|null|NaN|\[object Object\])(?![\p{L}\p{N}])/u;

/** The first `{{ }}` of a field, as it was typed, that gives an item nothing. Text without expressions has none. */
export function findEmpty(
	typed: string,
	context: Pick<IExecuteFunctions, 'evaluateExpression' | 'getInputData'>,
	index: number,
): string | undefined {
	return piecesOf(typed).find(({ code, lookup }) => {
		const found = lookup?.(context.getInputData()[index]!.json) ?? NOT_PLAIN;
		const value: unknown = found === NOT_PLAIN ? context.evaluateExpression(code, index) : found;
		return isNothing(value);
	})?.code;
}

function isNothing(value: unknown): boolean {
	if (value === undefined || value === null || Number.isNaN(value)) return true;
	return typeof value === 'string' && (value.trim() === '' || MISSING.test(value));
}

/** The same for all items of a run, and there is one such field at a time. */
let latest: { typed: string; pieces: Piece[] } = { typed: '', pieces: [] };

function piecesOf(typed: string): Piece[] {
	if (!typed.startsWith('=')) return [];
	if (latest.typed !== typed) {
		const codes = typed.match(/\{\{[\s\S]*?\}\}/g) ?? [];
		latest = { typed, pieces: codes.map((code) => ({ code, lookup: compileExpression(`=${code}`) })) };
	}
	return latest.pieces;
}
