import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { ownOrTheirs, wasBefore, wasThere } from '../../../core/http/wasThere';
import { batched } from '../../../core/node/operation';
import { findMember } from '../api/members';
import { addressKey, audienceId, hashOf, readAddress } from '../ids';
import { audienceLocator } from '../locators';
import { batchFromOption, onRoad, readBatchFrom, roadChunk, tellRoad, type Travelling } from '../road';
import { emailField, memberOptions, mergeFieldsField, statusField, tagsField } from './fields';
import { checkMergeFields } from './many';
import { readProfile, readTags, skipQuery } from './read';

/** A new contact has nothing to take away. */
const LEFT_OUT = ['interestsOff', 'permissionsOff'];

interface Creating {
	audience: string;
	skip: boolean;
	body: IDataObject & { email_address: string; status: string };
}

const pathOf = ({ audience }: Creating) => path`/lists/${audience}/members`;

const creating: Travelling<Creating> = {
	// The first of two items about one address makes it, and the second is told that it is there.
	key: (message) => `${pathOf(message)} ${addressKey(message.body.email_address)}`,
	// A batch takes parameters for GET only, and “skip_merge_validation” is one.
	call: (message) =>
		message.skip ? undefined : { method: 'POST', path: pathOf(message), body: message.body },
	alone: async (message, client) => checkMergeFields(message.body, await createAlone(message, client)),
	row: ({ body }, answer) => checkMergeFields(body, answer),
};

async function createAlone(message: Creating, client: Client): Promise<IDataObject> {
	const { audience, skip, body } = message;
	const asked = Date.now();
	const made = { service: 'Mailchimp', what: `the contact ${body.email_address}`, field: 'Email Address' };
	return await client.send<IDataObject>({
		method: 'POST',
		path: pathOf(message),
		query: skipQuery(skip),
		body,
		answer: ['id', 'email_address'],
		idempotent: false,
		async reconcile() {
			const found = await findMember(client, audience, hashOf(body.email_address));
			if (found === undefined || found.status === 'archived') return undefined;
			if (wasBefore(found.last_changed, asked)) return wasThere(made);
			const { status, merge_fields: mergeFields } = body;
			return ownOrTheirs(found, { status, ...(mergeFields ? { merge_fields: mergeFields } : {}) }, made);
		},
		manualCheck: `Look in Mailchimp whether ${body.email_address} is in the audience.`,
	});
}

/** https://mailchimp.com/developer/marketing/api/list-members/add-member-to-list/ */
export const create = batched<Creating & { batchFrom: number }>({
	name: 'Create',
	value: 'create',
	action: 'Create a member',
	description:
		'Add a contact; one that is there already is an error. For many, Create or Update is far faster.',
	fields: [
		audienceLocator,
		emailField,
		statusField,
		mergeFieldsField,
		tagsField,
		memberOptions(LEFT_OUT, [batchFromOption]),
	],
	read(item) {
		const { profile, skip } = readProfile(item, LEFT_OUT);
		const tags = readTags(item);
		const address = readAddress(item);
		const status = item.option('status');
		return {
			audience: audienceId(item),
			skip,
			body: { email_address: address, status, ...profile, ...(tags.length > 0 ? { tags } : {}) },
			batchFrom: readBatchFrom(item),
		};
	},
	chunk: roadChunk(),
	call: onRoad(creating),
	conclude: tellRoad,
});
