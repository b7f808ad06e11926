import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { loadOptions } from '../../../../core/node/loadOptions';
import { columnsOf, type SyncColumn } from '../../../../core/syncOperation';
import { listMergeFields, type MergeField } from '../../api/audiences';
import { mailchimp } from '../../connection';
import { chosenAudience } from '../../methods/lists';
import { ADDRESS_PARTS } from '../../member/mergeValues';

/** What a row can say of a contact in every audience. */
export const COLUMNS: SyncColumn[] = [
	{
		id: 'email',
		label: 'Email Address',
		aliases: ['Address', 'Mail', 'E-Mail'],
		kind: 'address',
		required: true,
	},
	{
		id: 'tags',
		label: 'Tags',
		note: 'Names With Commas, Like a Department',
		aliases: ['Department'],
		kind: 'list',
	},
	{ id: 'language', label: 'Language', note: 'Code, Like de', keeps: true, rare: true },
	{ id: 'vip', label: 'VIP', kind: 'switch', keeps: true, rare: true },
];

/** A merge field as the sync calls it: `merge:FNAME:text`, of an address each part: `merge:ADDRESS:address:city`. */
export interface MergeColumn {
	tag: string;
	type: string;
	/** Of an address. */
	part: string | undefined;
}

/** @returns undefined for a column of every audience */
export function mergeColumn(id: string): MergeColumn | undefined {
	if (!id.startsWith('merge:')) return undefined;
	const [, tag, type, part] = id.split(':');
	return tag && type ? { tag, type, part } : undefined;
}

/** The column of a merge field, of the id and the name that the editor has stored: `First Name (FNAME)`. */
export function columnOf(id: string, name: string): SyncColumn | undefined {
	const merge = mergeColumn(id);
	if (merge === undefined) return undefined;
	const { tag, type } = merge;
	const label = name === id ? tag : name;
	return {
		id,
		label,
		aliases: [label.replace(/ \([^()]*\)/, ''), ...(merge.part === undefined ? [tag] : [])],
		...(type === 'phone' ? { kind: 'phone' } : {}),
		...(tag === 'FNAME' || tag === 'LNAME' ? { role: 'name' } : {}),
	};
}

function columnsOfField({ tag, name, type }: MergeField): SyncColumn[] {
	const label = `${name} (${tag})`;
	if (type !== 'address')
		return [{ id: `merge:${tag}:${type}`, label, rare: !['FNAME', 'LNAME'].includes(tag) }];
	return ADDRESS_PARTS.map(([part, title]) => ({
		id: `merge:${tag}:${type}:${part}`,
		label: `${label}: ${title}`,
		rare: true,
	}));
}

/** The fields of the editor's mapping: those of the chosen audience too. */
export async function getSyncColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const audience = chosenAudience(this);
	if (audience === '') return columnsOf(COLUMNS);
	return await loadOptions(this, mailchimp, async (client) =>
		columnsOf([...COLUMNS, ...(await listMergeFields(client, audience)).flatMap(columnsOfField)]),
	);
}
