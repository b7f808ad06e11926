import type { IDataObject } from 'n8n-workflow';
import { breathe } from '../breathe';
import { invalidInput, ServiceError } from '../errors';
import type { InputItems, ParameterReader } from '../node/parameters/reader';
import type { Desired, Fields, Value } from '../sync';
import { labelsOf } from './columns';
import type { SyncColumn } from './definition';

interface Mapping {
	mappingMode?: 'defineBelow' | 'autoMapInputData';
	value?: IDataObject | null;
}

/** How items become rows. */
export interface RowRules {
	columns: SyncColumn[];
	/** An empty cell clears its field instead of leaving it alone. */
	clearEmpty: boolean;
	/** The field people are recognised by, which some row must have. */
	key: string;
}

/** The incoming items as rows of the sync. */
export async function readRows(items: InputItems, rules: RowRules): Promise<Desired[]> {
	const auto = (items.parameters.raw('columns') as Mapping | undefined)?.mappingMode === 'autoMapInputData';
	if (!auto) checkColumns(items, rules.columns);
	const rows: Desired[] = [];
	for (const item of items) {
		const pause = breathe();
		if (pause) await pause;
		// "Always Output Data" turns an empty list into one empty item.
		if (Object.keys(item.input.json).length === 0) continue;
		rows.push({ row: item.index, fields: auto ? autoMapped(item, rules) : mapped(item, rules) });
	}
	const { key } = rules;
	if (rows.length > 0 && !rows.some(({ fields }) => key in fields)) {
		const label = labelsOf(rules.columns)[key] ?? key;
		throw invalidInput(
			label,
			`People are to be recognised by “${label}”, but no row has one. Nothing was done`,
			"Choose its column in the mapping, or choose another way in 'Recognise People By'.",
		);
	}
	return rows;
}

function mapped(item: ParameterReader, rules: RowRules): Fields {
	const { value } = item.value('columns') as Mapping;
	return pick(
		(id) => value?.[id],
		(id) => value !== null && value !== undefined && id in value,
		rules,
	);
}

/** Columns that are called like the field or its label, whatever the case and spaces. */
function autoMapped(item: ParameterReader, rules: RowRules): Fields {
	const byName = new Map(Object.entries(item.input.json).map(([name, value]) => [plain(name), value]));
	const find = ({ id, label }: SyncColumn) => (byName.has(plain(id)) ? plain(id) : plain(label));
	const names = new Map(rules.columns.map((column) => [column.id, find(column)]));
	return pick(
		(id) => byName.get(names.get(id)!),
		(id) => byName.has(names.get(id)!),
		rules,
	);
}

const plain = (name: string) => name.replace(/[\s_-]+/g, '').toLowerCase();

function pick(
	get: (id: string) => unknown,
	has: (id: string) => boolean,
	{ columns, clearEmpty }: RowRules,
): Fields {
	const fields: Fields = {};
	for (const { id, type, keeps } of columns) {
		if (!has(id)) continue;
		const value = cell(get(id), type);
		if (value !== '') fields[id] = value;
		else if (clearEmpty && !keeps) fields[id] = '';
	}
	return fields;
}

/** A cell that cannot be meant comes through as it is, for the checks to say so: one bad row must not stop the others. */
function cell(value: unknown, type: SyncColumn['type']): Value {
	if (value === undefined || value === null) return '';
	if (Array.isArray(value)) return value.map(String);
	if (typeof value === 'object') return [JSON.stringify(value)];
	const text = String(value).trim();
	if (type === 'boolean' && /^(true|yes|1)$/i.test(text)) return true;
	if (type === 'boolean' && /^(false|no|0)$/i.test(text)) return false;
	return text;
}

/** `$json.x`, `$json['x y']`: the columns an expression of the mapping refers to. */
const REFERENCE = /\$json\s*(?:\.\s*([A-Za-z_$][\w$]*)|\[\s*(["'`])(.*?)\2\s*\])/g;

/**
 * A column that no row has is a mistake in the mapping (or another export than usual), and never means "empty for
 * everybody": nothing is done.
 */
function checkColumns(items: InputItems, columns: SyncColumn[]): void {
	const expressions = (items.parameters.raw('columns') as Mapping | undefined)?.value ?? {};
	const wanted = new Map<string, string>();
	for (const { id, label } of columns) {
		const expression = expressions[id];
		if (typeof expression !== 'string' || !expression.startsWith('=')) continue;
		for (const [, dotted, , quoted] of expression.matchAll(REFERENCE)) wanted.set(dotted ?? quoted!, label);
	}
	const present = new Set<string>();
	for (const item of items) for (const name of Object.keys(item.input.json)) present.add(name);
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
