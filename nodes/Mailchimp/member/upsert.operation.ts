import { batched } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { inTurn } from '../../../core/http/inTurn';
import { addressKey, audienceId, readAddress } from '../ids';
import { audienceLocator } from '../locators';
import { addOrUpdate, MOST_CONTACTS, type Contact, type Together } from './many';
import {
	emailField,
	memberOptions,
	mergeFieldsField,
	statusField,
	STATUSES,
	UNCHANGED,
	tagModeField,
	tagsField,
} from './fields';
import { readProfile, readTags } from './read';
import { noteAddresses, tellRepeats } from './repeats';
import { noteBulk, tellRoad } from '../road';

/** The bulk call does not take marketing permissions. */
const LEFT_OUT = ['permissions', 'permissionsOff'];

interface Upsert extends Together {
	contact: Contact;
}

function tagsOf(item: ParameterReader): { tags: string[] | undefined; syncTags: boolean } {
	const tags = readTags(item);
	const mode = item.option('tagMode');
	if (mode === 'add') return { tags: tags.length === 0 ? undefined : tags, syncTags: false };
	if (tags.length === 0 && mode === 'replace')
		throw item.fieldError(
			'tags',
			'is empty, and all other tags are to be removed: the contact would lose every tag',
			"Check the column of the tags. When they are to go, set 'Other Tags' to Remove, Even When There Are None Above.",
		);
	return { tags, syncTags: true };
}

export const upsert = batched<Upsert>({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update a member',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	fields: [
		audienceLocator,
		emailField,
		{
			...statusField,
			options: [...STATUSES, UNCHANGED].toSorted((a, b) => a.name.localeCompare(b.name)),
			description:
				'What the contact becomes, also one that is there already. Who unsubscribed is never subscribed again: that is an error of its item.',
		},
		mergeFieldsField,
		tagsField,
		tagModeField,
		memberOptions(LEFT_OUT),
	],
	read(item) {
		const { profile, skip } = readProfile(item, LEFT_OUT);
		const { tags, syncTags } = tagsOf(item);
		const status = item.option('status');
		return {
			audience: audienceId(item),
			syncTags,
			skip,
			contact: {
				email_address: readAddress(item),
				...(status === 'unchanged' ? {} : { status }),
				...profile,
				...(tags === undefined ? {} : { tags }),
			},
		};
	},
	chunk: {
		items: MOST_CONTACTS,
		bytes: 4_000_000,
		by: ({ audience, syncTags, skip }) => JSON.stringify({ audience, syncTags, skip } satisfies Together),
		key: ({ audience, contact }) => `${audience} ${addressKey(contact.email_address)}`,
		split: ({ contact }) => ({ common: {}, own: contact }),
	},
	async call(chunk, client) {
		const together = JSON.parse(chunk.group) as Together;
		const { members: given } = JSON.parse(chunk.json('members').toString()) as { members: Contact[] };
		noteBulk(client, given.length);
		noteAddresses(client, chunk.keys, given.length);
		// What chunks before this one say of a contact comes first, so that the later item counts.
		return await inTurn(client, [...chunk.keys], async () => await addOrUpdate(client, together, given));
	},
	conclude(client, feedback) {
		tellRepeats(client, feedback);
		tellRoad(client, feedback);
	},
});
