import { isMisread } from './encoding';
import { jsonList, splitNames } from '../list';
import { isPlain, tidyText, visibleText } from '../visible';
import type { CellFault, Desired, Value } from './types';

/** What a column holds, which decides how its cells are cleaned. */
export type CellKind = 'text' | 'number' | 'address' | 'phone' | 'path' | 'switch' | 'secret' | 'list';

export interface Cell {
	/** What is compared and written; empty text when the cell is empty, holds a placeholder, or cannot be used. */
	value: Value;
	fault?: CellFault;
	/** A word that stands for "nothing" ("N/A", "-", "无"). It is no value, and no wish to clear the field. */
	placeholder?: true;
}

const EMPTY: Cell = { value: '' };

/**
 * What a source's cell says, once for comparing and for writing: without invisible characters, line breaks and stray white
 * space, wide letters made ordinary. What cannot be trusted is a fault and never a value.
 *
 * @param raw a value as it comes from JSON
 */
export function cleanCell(raw: unknown, kind: CellKind = 'text'): Cell {
	if (raw === undefined || raw === null || raw === '') return EMPTY;
	if (kind === 'list') return asList(raw);
	if (typeof raw === 'object')
		return fault(
			'is a list or an object where text is expected',
			'Choose one value of it in the mapping of the columns.',
		);
	if (typeof raw === 'number' && !isExact(raw, kind)) return DIGITS_LOST;
	const text = String(raw);
	if (kind === 'secret') return { value: text.trim() };
	const value = unwrapped(widthOf(text, kind), kind);
	if (kind === 'switch') return asSwitch(value);
	const wrong = faultOf(value, kind);
	if (wrong !== undefined) return wrong;
	return isPlaceholder(value, kind) ? { value: '', placeholder: true } : { value };
}

function fault(message: string, remedy: string, reach: CellFault['reach'] = 'cell'): Cell {
	return { value: '', fault: { message, remedy, reach } };
}

/** What to do about a list that was read in the wrong encoding. */
export const RIGHT_ENCODING =
	'Choose the right encoding where the file is read (files from a Chinese Windows are often GB18030), or export it as UTF-8';
const AS_TEXT = 'Format the column as text in the spreadsheet, enter the value anew, and export again.';
const DIGITS_LOST = fault('was shortened by a spreadsheet: some of its digits are lost', AS_TEXT);
const SPREADSHEET_ERROR = fault(
	'is an error of the spreadsheet, and no value',
	'Correct the formula in the spreadsheet, and export again.',
);
const MISREAD: Cell = {
	value: '',
	fault: {
		message: 'has lost characters: the file was read in another encoding than it was written in',
		remedy: `${RIGHT_ENCODING}.`,
		reach: 'row',
		misread: true,
	},
};

/** Numbers as a spreadsheet hands them over: beyond 15 to 16 digits it has already replaced the last ones. */
const isExact = (number: number, kind: CellKind) =>
	(kind !== 'number' && kind !== 'phone') || !Number.isInteger(number) || Number.isSafeInteger(number);

function widthOf(text: string, kind: CellKind): string {
	if (isPlain(text)) return text;
	switch (kind) {
		case 'text':
			return tidyText(text);
		case 'path':
			return tidyText(text).replaceAll('／', '/');
		default:
			return visibleText(visibleText(text).normalize('NFKC'));
	}
}

const FORMULA = /^="(.*)"$/;
const APOSTROPHE = /^'(?=[\d+])/;

/** `="00123"`: how exports keep Excel from making a number of it. A leading apostrophe is the same by hand. */
function unwrapped(text: string, kind: CellKind): string {
	const formula = FORMULA.exec(text)?.[1];
	if (formula !== undefined) return visibleText(formula.replaceAll('""', '"'));
	return kind === 'number' || kind === 'phone' ? text.replace(APOSTROPHE, '') : text;
}

const EXCEL_ERROR =
	/^(?:#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|GETTING_DATA)|#{3,})$/i;
const SCIENTIFIC = /^[+-]?\d(?:[.,]\d+)?E[+-]\d{2,3}$/i;

function faultOf(text: string, kind: CellKind): Cell | undefined {
	if (isMisread(text)) return MISREAD;
	if (SCIENTIFIC.test(text)) return DIGITS_LOST;
	if (text.includes('#')) {
		if (EXCEL_ERROR.test(text)) return SPREADSHEET_ERROR;
		if (kind === 'path' && /#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)/i.test(text))
			return SPREADSHEET_ERROR;
	}
	if (kind === 'path' && text.includes('/') && !isPlaceholder(text, kind) && hasHole(text))
		return fault(
			'has a placeholder where the name of a department should be',
			'Correct it in the source: the names from the top down, with slashes between them.',
		);
	return undefined;
}

/** `R&D/-`, `R&D/N/A`: a part of the path stands for "nothing". */
const hasHole = (text: string) =>
	/.\/n\/a$/i.test(text) || text.split(/(?<!\\)\//).some((name) => isPlaceholder(name.trim(), 'path'));

/** Words of people and programs for "nothing here". */
const PLACEHOLDERS = new Set(
	`n/a|n.a.|null|(null)|<null>|nan|undefined|none|(none)|nil|tbd|tba|-|--|---|–|—|——|.|..|...|?|??|无|無|暂无|暂缺|没有|未知|不详|未填|空|待定|待补`.split(
		'|',
	),
);
/** Too short to be a word in a name or a title, and yet no number and no address. */
const NO_NUMBER = new Set(['na', 'unknown', 'missing', '0', '00', '000', '0000', '00000', '000000']);

function isPlaceholder(text: string, kind: CellKind): boolean {
	if (text.length > 10) return false;
	const word = (isPlain(text) ? text : text.normalize('NFKC')).toLowerCase();
	if (PLACEHOLDERS.has(word)) return true;
	return (kind === 'number' || kind === 'address' || kind === 'phone') && NO_NUMBER.has(word);
}

/** Several values: a list, one as JSON text, or a text with commas between them. One that cannot be used spoils the cell, not the others' cells. */
function asList(raw: unknown): Cell {
	const parts: unknown[] = Array.isArray(raw) ? raw : typeof raw === 'object' ? [raw] : listIn(String(raw));
	const cells = parts.map((part) => cleanCell(part));
	const wrong = cells.find(({ fault: found }) => found !== undefined);
	if (wrong !== undefined) return wrong;
	const values = [...new Set(cells.map(({ value }) => String(value)).filter((value) => value !== ''))];
	if (values.length > 0) return { value: values };
	return cells.some(({ placeholder }) => placeholder) ? { value: '', placeholder: true } : EMPTY;
}

const listIn = (text: string): unknown[] => jsonList(text) ?? splitNames(text);

function asSwitch(text: string): Cell {
	if (text === '') return EMPTY;
	if (/^(true|yes|y|1|on|是)$/i.test(text)) return { value: true };
	if (/^(false|no|n|0|off|否)$/i.test(text)) return { value: false };
	if (EXCEL_ERROR.test(text)) return SPREADSHEET_ERROR;
	if (isPlaceholder(text, 'switch')) return { value: '', placeholder: true };
	return fault('is neither true nor false', 'Use true or false in the source.');
}

/** How the cells of one row are read. */
export interface CellColumn {
	id: string;
	kind?: CellKind;
	/** A fault in it makes the whole row unusable: what the row is recognised by, and what every row must have. */
	vital?: boolean;
	/** An empty cell never clears it. */
	keeps?: boolean;
}

export type CleanRow = Pick<Desired, 'fields' | 'raw' | 'faults'> & {
	/** Columns whose cell holds a placeholder. */
	placeholders: string[];
};

/**
 * A row's cells as fields.
 *
 * @param read gives a column's cell, or `undefined` when it is not mapped
 * @param clearEmpty an empty cell clears its field instead of leaving it alone
 */
export function cleanRow(
	read: (id: string) => { raw: unknown } | undefined,
	columns: CellColumn[],
	clearEmpty: boolean,
): CleanRow {
	const row: CleanRow = { fields: {}, placeholders: [] };
	for (const { id, kind = 'text', vital, keeps } of columns) {
		const mapped = read(id);
		if (mapped === undefined) continue;
		const cell = cleanCell(mapped.raw, kind);
		const { value, fault: wrong } = cell;
		if (value !== '') row.fields[id] = value;
		else if (clearEmpty && keeps !== true && isBlank(cell)) row.fields[id] = '';
		if (cell.placeholder) row.placeholders.push(id);
		if (wrong) (row.faults ??= []).push({ field: id, ...wrong, ...(vital ? { reach: 'row' } : {}) });
		if (kind !== 'secret' && isAltered(mapped.raw, value)) (row.raw ??= {})[id] = textOf(mapped.raw);
	}
	return row;
}

/** Nothing stood there, rather than something that is no value. */
const isBlank = ({ fault, placeholder }: Cell) => fault === undefined && placeholder !== true;

/** Whether a reader would look in vain for the value in the source. */
const isAltered = (raw: unknown, value: Value) =>
	raw !== undefined &&
	raw !== null &&
	typeof raw !== 'boolean' &&
	String(raw).trim() !== '' &&
	String(raw) !== String(value);

const textOf = (raw: unknown): string => {
	if (Array.isArray(raw)) return raw.map(String).join(', ');
	return typeof raw === 'object' ? JSON.stringify(raw) : String(raw);
};
