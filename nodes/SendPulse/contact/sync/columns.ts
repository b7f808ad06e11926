import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { path } from '../../../../core/http/path';
import { loadOptions } from '../../../../core/node/loadOptions';
import { columnsOf, type SyncColumn } from '../../../../core/syncOperation';
import { sendPulse } from '../../connection';

/** What a row can say of a contact in every list. */
export const COLUMNS: SyncColumn[] = [
	{
		id: 'email',
		label: 'Email Address',
		aliases: ['Address', 'Mail', 'E-Mail'],
		kind: 'address',
		required: true,
	},
];

/** A variable as the sync calls it: `variable:string:FirstName`. */
export interface VariableColumn {
	name: string;
	type: string;
}

/** @returns undefined for a column of every list */
export function variableColumn(id: string): VariableColumn | undefined {
	const [, type, name] = /^variable:(\w+):(.+)$/s.exec(id) ?? [];
	return type === undefined || name === undefined ? undefined : { name, type };
}

/** The column of a variable, of the id that the editor has stored. */
export function columnOf(id: string): SyncColumn | undefined {
	const variable = variableColumn(id);
	return variable && { id, label: variable.name };
}

/** The fields of the editor's mapping: the variables of the chosen list too. */
export async function getSyncColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const list = String(this.getCurrentNodeParameter('list', { extractValue: true }) ?? '');
	if (list === '') return columnsOf(COLUMNS);
	return await loadOptions(this, sendPulse, async (client) => {
		const variables = await client.send<VariableColumn[]>({
			path: path`/addressbooks/${list}/variables`,
			answer: 'list',
		});
		const own = variables.map(({ name, type }) => ({ id: `variable:${type}:${name}`, label: name }));
		return columnsOf([...COLUMNS, ...own]);
	});
}
