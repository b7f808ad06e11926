import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { batched, perItem } from '../../../core/node/operation';
import { listOf } from '../connection';
import { audienceId, memberKey } from '../ids';
import { audienceLocator, memberField } from '../locators';
import { onRoad, readBatchFrom, roadChunk, roadOptions, tellRoad, type Travelling } from '../road';
import { readTags } from './read';

/** https://mailchimp.com/developer/marketing/api/list-member-tags/list-member-tags/ */
export const getTags = perItem({
	name: 'Get Tags',
	value: 'getTags',
	action: 'Get the tags of a member',
	description: 'Get the tags of a contact, each with the day it was put on',
	fields: [audienceLocator, memberField],
	read: (item) => ({ audience: audienceId(item), member: memberKey(item) }),
	call: ({ audience, member }, client) =>
		client.pages(path`/lists/${audience}/members/${member}/tags`, listOf('tags')),
});

interface Tagging {
	audience: string;
	member: string;
	add: string[];
	remove: string[];
	body: IDataObject;
}

const pathOf = ({ audience, member }: Tagging) => path`/lists/${audience}/members/${member}/tags`;

const tagging: Travelling<Tagging> = {
	key: pathOf,
	call: (message) => ({ method: 'POST', path: pathOf(message), body: message.body }),
	async alone(message, client) {
		const { audience, member, add, remove, body } = message;
		await client.send({
			method: 'POST',
			path: pathOf(message),
			body,
			answer: 'nothing',
			idempotent: true,
			reconcile: async () => ((await hasTags(client, audience, member, add, remove)) ? {} : undefined),
		});
		return { id: member, added: add, removed: remove };
	},
	row: ({ member, add, remove }) => ({ id: member, added: add, removed: remove }),
};

/** https://mailchimp.com/developer/marketing/api/list-member-tags/add-or-remove-member-tags/ */
export const changeTags = batched<Tagging & { batchFrom: number }>({
	name: 'Add or Remove Tags',
	value: 'changeTags',
	action: 'Add tags to a member or remove them',
	description: 'Put tags on a contact, and take others off',
	fields: [
		audienceLocator,
		memberField,
		{
			displayName: 'Tags to Add',
			name: 'add',
			type: 'string',
			default: '',
			placeholder: 'e.g. Berlin, Engineering',
			description:
				'Names with commas between, or a list from an expression. A tag that is not there yet is made.',
		},
		{
			displayName: 'Tags to Remove',
			name: 'remove',
			type: 'string',
			default: '',
			placeholder: 'e.g. Trial',
			description: 'Names with commas between, or a list from an expression',
		},
		{
			displayName: 'Start Automations',
			name: 'automations',
			type: 'boolean',
			default: true,
			description: 'Whether automations that wait for one of the tags begin',
		},
		roadOptions,
	],
	read(item) {
		const [add, remove] = [readTags(item, 'add'), readTags(item, 'remove')];
		if (add.length + remove.length === 0)
			throw item.fieldError('add', "and 'Tags to Remove' are empty", 'Name at least one tag.');
		const both = add.find((tag) => remove.some((other) => other.toLowerCase() === tag.toLowerCase()));
		if (both !== undefined)
			throw item.fieldError(
				'remove',
				`has “${both}”, which is to be added too`,
				'Leave it in one of the two.',
			);
		const tag = (status: string) => (name: string) => ({ name, status });
		return {
			audience: audienceId(item),
			member: memberKey(item),
			add,
			remove,
			body: {
				tags: [...add.map(tag('active')), ...remove.map(tag('inactive'))],
				...(item.boolean('automations') ? {} : { is_syncing: true }),
			},
			batchFrom: readBatchFrom(item),
		};
	},
	chunk: roadChunk(),
	call: onRoad(tagging),
	conclude: tellRoad,
});

/** Whether a contact has the one and lacks the other. */
async function hasTags(
	client: Client,
	audience: string,
	member: string,
	add: string[],
	remove: string[],
): Promise<boolean> {
	const names = new Set<string>();
	for await (const { name } of client.pages(path`/lists/${audience}/members/${member}/tags`, listOf('tags')))
		names.add(String(name).toLowerCase());
	return (
		add.every((tag) => names.has(tag.toLowerCase())) && !remove.some((tag) => names.has(tag.toLowerCase()))
	);
}
