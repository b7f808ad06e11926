import type { ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
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
