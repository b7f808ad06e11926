import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { differences } from '../../../core/http/wasThere';
import { batched } from '../../../core/node/operation';
import { findMember } from '../api/members';
import { audienceId, hashOf, memberKey, readAddress } from '../ids';
import { audienceLocator, memberField } from '../locators';
import { memberOptions, mergeFieldsField, STATUSES, UNCHANGED } from './fields';
import { checkMergeFields } from './many';
import { readProfile, skipQuery } from './read';
import { batchFromOption, onRoad, readBatchFrom, roadChunk, tellRoad, type Travelling } from '../road';

interface Updating {
	audience: string;
	member: string;
	skip: boolean;
	body: IDataObject;
}

const pathOf = ({ audience, member }: Updating) => path`/lists/${audience}/members/${member}`;

/** https://mailchimp.com/developer/marketing/api/list-members/update-list-member/ */
const updating: Travelling<Updating> = {
	key: pathOf,
	// A batch takes parameters for GET only, and “skip_merge_validation” is one.
	call: (message) =>
		message.skip ? undefined : { method: 'PATCH', path: pathOf(message), body: message.body },
	async alone(message, client) {
		const { skip, body } = message;
		const answer = await client.send<IDataObject>({
			method: 'PATCH',
			path: pathOf(message),
			query: skipQuery(skip),
			body,
			answer: ['id', 'email_address'],
			// The same values twice are the same; with another address the contact is no longer where the path says.
			idempotent: body.email_address === undefined,
			reconcile: async () => await findMoved(message, client),
			manualCheck: 'Look in Mailchimp which address the contact has now.',
		});
		return checkMergeFields(body, answer);
	},
	row: ({ body }, answer) => checkMergeFields(body, answer),
};

/** The contact as it was to become; undefined while it is where the path says. @throws when it is under neither address */
async function findMoved(
	{ audience, member, body }: Updating,
	client: Client,
): Promise<IDataObject | undefined> {
	const there = await findMember(client, audience, member);
	// What is not seen in it is set once more: at this path that does no harm.
	if (there !== undefined) return differences(body, there).length === 0 ? there : undefined;
	const moved = await findMember(client, audience, hashOf(String(body.email_address)));
	if (moved === undefined) throw new Error('It is under neither address.');
	return moved;
}

export const update = batched<Updating & { batchFrom: number }>({
	name: 'Update',
	value: 'update',
	action: 'Update a member',
	description: 'Change a contact; only what is filled in here is changed',
	fields: [
		audienceLocator,
		memberField,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			// Not every status can be given to a contact that is there.
			options: [...STATUSES.filter(({ value }) => value !== 'transactional'), UNCHANGED].toSorted((a, b) =>
				a.name.localeCompare(b.name),
			),
			default: 'unchanged',
			description: 'What the contact becomes',
		},
		{
			displayName: 'New Email Address',
			name: 'newAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. ana.lima@example.com',
			description: 'Another address for the contact; empty leaves it as it is',
		},
		mergeFieldsField,
		memberOptions([], [batchFromOption]),
	],
	read(item) {
		const { profile, skip } = readProfile(item);
		const status = item.option('status');
		const body: IDataObject = {
			...(status === 'unchanged' ? {} : { status }),
			...(item.has('newAddress') ? { email_address: readAddress(item, 'newAddress') } : {}),
			...profile,
		};
		if (Object.keys(body).length === 0)
			throw item.fieldError(
				'options',
				'and all fields above name nothing to change',
				'Fill in at least one field.',
			);
		return {
			audience: audienceId(item),
			member: memberKey(item),
			skip,
			body,
			batchFrom: readBatchFrom(item),
		};
	},
	chunk: roadChunk(),
	call: onRoad(updating),
	conclude: tellRoad,
});
