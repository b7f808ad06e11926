import type { ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import type { FieldRole } from '../sync';
import type { InputItems } from '../node/parameters/reader';
import type { SyncColumn } from './definition';

/** The columns as the editor's mapping takes them. */
export function columnsOf(columns: SyncColumn[]): ResourceMapperFields {
	return {
		fields: columns.map(({ id, label, note, required, kind, rare }): ResourceMapperField => ({
			id,
			displayName: note === undefined ? label : `${label} (${note})`,
			required: required ?? false,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			type: kind === 'switch' ? 'boolean' : 'string',
			removed: rare ?? false,
		})),
	};
}

interface Stored {
	value?: Record<string, unknown> | null;
	schema?: Array<{ id?: unknown; displayName?: unknown }>;
}

/** The columns of a definition, and those of the account that the editor has stored: nobody has to be asked for them. */
export function allColumns(
	columns: SyncColumn[],
	columnOf: ((id: string, name: string) => SyncColumn | undefined) | undefined,
	items: InputItems,
): SyncColumn[] {
	if (columnOf === undefined) return columns;
	const { value, schema } = (items.parameters.raw('columns') as Stored | undefined) ?? {};
	const names = new Map(Object.keys(value ?? {}).map((id) => [id, id]));
	for (const { id, displayName } of schema ?? []) names.set(String(id), String(displayName ?? id));
	for (const { id } of columns) names.delete(id);
	return [...columns, ...[...names].flatMap(([id, name]) => columnOf(id, name) ?? [])];
}

export const labelsOf = (columns: SyncColumn[]): Record<string, string> =>
	Object.fromEntries(columns.map(({ id, label }) => [id, label]));

export const rolesOf = (columns: SyncColumn[]): Record<string, FieldRole> =>
	Object.fromEntries(columns.flatMap(({ id, role }) => (role === undefined ? [] : [[id, role]])));
