import type { ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import type { FieldRole } from '../sync';
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

export const labelsOf = (columns: SyncColumn[]): Record<string, string> =>
	Object.fromEntries(columns.map(({ id, label }) => [id, label]));

export const rolesOf = (columns: SyncColumn[]): Record<string, FieldRole> =>
	Object.fromEntries(columns.flatMap(({ id, role }) => (role === undefined ? [] : [[id, role]])));
