import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { ownOrTheirs, wasBefore, wasThere } from '../../../core/http/wasThere';
import { perItem } from '../../../core/node/operation';
import { findMember } from '../api/members';
import { audienceId, hashOf, readAddress } from '../ids';
import { audienceLocator } from '../locators';
import { emailField, memberOptions, mergeFieldsField, statusField, tagsField } from './fields';
import { checkMergeFields } from './many';
import { readProfile, readTags, skipQuery } from './read';

/** A new contact has nothing to take away. */
const LEFT_OUT = ['interestsOff', 'permissionsOff'];

/** https://mailchimp.com/developer/marketing/api/list-members/add-member-to-list/ */
export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a member',
	description:
		'Add a contact; one that is there already is an error. For many, Create or Update is far faster.',
	fields: [audienceLocator, emailField, statusField, mergeFieldsField, tagsField, memberOptions(LEFT_OUT)],
	read(item) {
		const { profile, skip } = readProfile(item, LEFT_OUT);
		const tags = readTags(item);
		const address = readAddress(item);
		const status = item.option('status');
		return {
			audience: audienceId(item),
			skip,
			body: { email_address: address, status, ...profile, ...(tags.length > 0 ? { tags } : {}) },
		};
	},
	async call({ audience, skip, body }, client) {
		const asked = Date.now();
		const made = { service: 'Mailchimp', what: `the contact ${body.email_address}`, field: 'Email Address' };
		const answer = await client.send<IDataObject>({
			method: 'POST',
			path: path`/lists/${audience}/members`,
			query: skipQuery(skip),
			body,
			answer: ['id', 'email_address'],
			idempotent: false,
			async reconcile() {
				const found = await findMember(client, audience, hashOf(body.email_address));
				if (found === undefined || found.status === 'archived') return undefined;
				if (wasBefore(found.last_changed, asked)) return wasThere(made);
				const { status, merge_fields: mergeFields } = body as IDataObject;
				return ownOrTheirs(found, { status, ...(mergeFields ? { merge_fields: mergeFields } : {}) }, made);
			},
			manualCheck: `Look in Mailchimp whether ${body.email_address} is in the audience.`,
		});
		return checkMergeFields(body, answer);
	},
});
