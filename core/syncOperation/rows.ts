import type { IDataObject } from 'n8n-workflow';
import { breathe } from '../breathe';
import { invalidInput, ServiceError } from '../errors';
import type { InputItems, ParameterReader } from '../node/parameters/reader';
import { cleanRow, type CellColumn, type Desired } from '../sync';
import { labelsOf } from './columns';
import type { SyncColumn, SyncSettings } from './definition';
import { automatically, namesOf, plainName } from './automatically';

interface Mapping {
	mappingMode?: 'defineBelow' | 'autoMapInputData';
	value?: IDataObject | null;
}

const mappingOf = ({ parameters }: InputItems) => parameters.raw('columns') as Mapping | undefined;

const isTyped = (typed: IDataObject, id: string) =>
	typed[id] !== undefined && typed[id] !== null && typed[id] !== '';

/**
 * The columns that the mapping names, before a single row is read: those that rows turn out to have are among them. `unused`
 * says which columns of the list no field takes.
 *
 * @throws {ServiceError} when the mapping names a column that no row has; nothing has been asked or done yet.
 */
export function mappedColumns(
	items: InputItems,
	columns: SyncColumn[],
): { mapped: Set<string>; unused?: string | undefined } {
	const mapping = mappingOf(items);
	if (mapping?.mappingMode === 'autoMapInputData') return automatically(items, columns);
	checkColumns(items, columns);
	const typed = mapping?.value ?? {};
	return { mapped: new Set(columns.filter(({ id }) => isTyped(typed, id)).map(({ id }) => id)) };
}

type CellReader = (id: string) => { raw: unknown } | undefined;

export interface SourceRows {
	rows: Desired[];
	/** What a person should know about the list, as sentences. */
	remarks: string[];
	/** Items without any content. */
	emptyRows: number;
}

/**
 * The incoming items as rows of the sync, cells cleaned.
 *
 * @throws {ServiceError} when the columns cannot be meant; nothing has been done yet.
 */
export async function readRows(
	items: InputItems,
	columns: SyncColumn[],
	{ match, clearEmpty, firstLine }: SyncSettings,
): Promise<SourceRows> {
	const mapping = mappingOf(items);
	const auto = mapping?.mappingMode === 'autoMapInputData';
	const typed = mapping?.value ?? {};
	const cells = columns.map((column): CellColumn => ({
		...column,
		vital: column.required === true || match.includes(column.id),
	}));
	const rows: Desired[] = [];
	const names = new Map(columns.map((column) => [column.id, namesOf(column)]));
	const placeholders = new Map<string, number>();
	let emptyRows = 0;
	for (const item of items) {
		const pause = breathe();
		if (pause) await pause;
		// A spreadsheet's lines of nothing but commas are no rows, nor is the one item of "Always Output Data".
		if (isEmpty(item.input.json)) {
			emptyRows += 1;
			continue;
		}
		const read = auto ? autoMapped(item, names) : mapped(item, typed);
		const { fields, raw, faults, placeholders: held } = cleanRow(read, cells, clearEmpty);
		for (const id of held) placeholders.set(id, (placeholders.get(id) ?? 0) + 1);
		const row: Desired = { row: item.index, fields };
		if (firstLine !== undefined) row.line = item.index + firstLine;
		if (raw) row.raw = raw;
		if (faults) row.faults = faults;
		rows.push(row);
	}
	checkKey(rows, match[0], columns);
	return { rows, emptyRows, remarks: placeholderRemarks(placeholders, columns) };
}

function isEmpty(json: IDataObject): boolean {
	for (const name in json) {
		const value = json[name];
		if (value !== null && value !== undefined && String(value).trim() !== '') return false;
	}
	return true;
}

/** @param typed the mapping as it was typed: a column that was left blank there is not mapped, whatever empty cells mean */
function mapped(item: ParameterReader, typed: IDataObject): CellReader {
	const { value } = item.value('columns') as Mapping;
	return (id) =>
		value !== null && value !== undefined && id in value && isTyped(typed, id)
			? { raw: value[id] }
			: undefined;
}

/** Columns that are called like the field or its label, whatever the case and spaces. */
function autoMapped(item: ParameterReader, names: ReadonlyMap<string, string[]>): CellReader {
	const byName = new Map(Object.entries(item.input.json).map(([name, raw]) => [plainName(name), { raw }]));
	return (id) => {
		const name = names.get(id)?.find((known) => byName.has(known));
		return name === undefined ? undefined : byName.get(name);
	};
}

function checkKey(rows: Desired[], key: string, columns: SyncColumn[]): void {
	if (rows.length === 0 || rows.some(({ fields, faults }) => key in fields || faults !== undefined)) return;
	const label = labelsOf(columns)[key] ?? key;
	throw invalidInput(
		label,
		`People are to be recognised by “${label}”, but no row has one. Nothing was done`,
		"Choose its column in the mapping, or choose another way in 'Recognise People By'.",
	);
}

function placeholderRemarks(placeholders: Map<string, number>, columns: SyncColumn[]): string[] {
	if (placeholders.size === 0) return [];
	const labels = labelsOf(columns);
	const counts = [...placeholders].map(([id, number]) => `${labels[id] ?? id} (${number})`);
	return [
		`Cells such as “N/A” or “-” are taken for empty ones, and leave their field as it is: ${counts.join(', ')}.`,
	];
}

/** `$json.x`, `$json['x y']`: the columns an expression of the mapping refers to. */
const REFERENCE = /\$json\s*(?:\.\s*([A-Za-z_$][\w$]*)|\[\s*(["'`])(.*?)\2\s*\])/g;

/**
 * A column that no row has is a mistake in the mapping (or another export than usual), and never means "empty for
 * everybody": nothing is done.
 */
function checkColumns(items: InputItems, columns: SyncColumn[]): void {
	const expressions = mappingOf(items)?.value ?? {};
	const wanted = new Map<string, string>();
	for (const { id, label } of columns) {
		const expression = expressions[id];
		if (typeof expression !== 'string' || !expression.startsWith('=')) continue;
		for (const [, dotted, , quoted] of expression.matchAll(REFERENCE)) wanted.set(dotted ?? quoted!, label);
	}
	const present = new Set<string>();
	for (const item of items) for (const name in item.input.json) present.add(name);
	if (present.size === 0) return;
	for (const name of present) wanted.delete(name);
	const [missing] = wanted;
	if (missing === undefined) return;
	throw new ServiceError({
		message: `The mapping of “${missing[1]}” refers to a column “${missing[0]}”, which no row has. Nothing was done`,
		remedy: `Choose another column. The rows have: ${[...present].slice(0, 40).join(', ')}. (A CSV reader may leave out columns that are empty in every row: switch on its option to include empty cells.)`,
		field: missing[1],
		outcome: 'notSent',
	});
}
