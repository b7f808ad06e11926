import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { ownOrTheirs } from '../../../core/http/wasThere';
import { perItem } from '../../../core/node/operation';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { QUEUED, tagsOf } from '../api/tags';
import { readEmail } from '../contact/fields';
import { tagLocator } from '../locators';
import { colorField, contactFields, nameField } from './fields';

export const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many tags',
	description: 'Get the tags of the account',
	fields: [],
	read: () => undefined,
	call: async (_, client) => await tagsOf(client),
});

const readTag = (item: ParameterReader) => ({
	name: item.requiredText('name'),
	color: item.text('color') || '#f0f4f6',
});

export const create = perItem({
	name: 'Create',
	value: 'create',
	action: 'Create a tag',
	description: 'Create a tag; SendPulse queues it, and it is there a moment later',
	fields: [nameField, colorField],
	read: readTag,
	call: async (tag, client) => ({
		...tag,
		...(await client.send({
			method: 'POST',
			path: '/tags',
			body: tag,
			answer: QUEUED,
			idempotent: false,
			async reconcile() {
				const found = (await tagsOf(client)).find(({ name }) => name === tag.name);
				// Queued, it may still come: that it is not there says nothing.
				if (found === undefined) throw new Error('The tag is not there yet.');
				return ownOrTheirs(found, tag, { service: 'SendPulse', what: `the tag ${tag.name}`, field: 'Name' });
			},
			manualCheck: `Look in SendPulse whether there is a tag “${tag.name}” now.`,
		})),
	}),
});

export const update = perItem({
	name: 'Update',
	value: 'update',
	action: 'Update a tag',
	description: 'Give a tag another name and color',
	fields: [tagLocator, nameField, colorField],
	read: (item) => ({ id: item.resourceId('tag'), tag: readTag(item) }),
	call: async ({ id, tag }, client) => ({
		id,
		...tag,
		...(await client.send({ method: 'PUT', path: path`/tags/${id}`, body: tag, answer: QUEUED })),
	}),
});

interface Pinned {
	tag: string;
	by: string;
	contact: IDataObject;
}

function readPinned(item: ParameterReader): Pinned {
	const by = item.option('by');
	const tag = item.resourceId('tag');
	if (!/^\d+$/.test(tag))
		throw item.fieldError('tag', 'is not the ID of a tag', 'Choose one from the list: IDs are numbers.');
	const contact = by === 'email' ? { email: readEmail(item) } : { phone: item.requiredText('phone') };
	return { tag, by, contact };
}

/** Twice the same tag is one. */
async function pin(
	verb: 'pin' | 'unpin',
	{ tag, by, contact }: Pinned,
	client: Client,
): Promise<IDataObject> {
	const answer = await client.send<IDataObject>({
		method: 'POST',
		path: path`/tags/${verb}/${by}`,
		body: { ...contact, tags: [Number(tag)] },
		answer: QUEUED,
		idempotent: true,
	});
	return { ...contact, tag, ...answer };
}

export const addToContact = perItem({
	name: 'Add to Contact',
	value: 'addToContact',
	action: 'Add a tag to a contact',
	description: 'Give a contact a tag; SendPulse queues it',
	fields: [tagLocator, ...contactFields],
	read: readPinned,
	call: async (pinned, client) => await pin('pin', pinned, client),
});

export const removeFromContact = perItem({
	name: 'Remove From Contact',
	value: 'removeFromContact',
	action: 'Remove a tag from a contact',
	description: 'Take a tag off a contact; SendPulse queues it',
	fields: [tagLocator, ...contactFields],
	read: readPinned,
	call: async (pinned, client) => await pin('unpin', pinned, client),
});

export const remove = perItem({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a tag',
	description: 'Delete a tag, and take it off every contact',
	fields: [tagLocator],
	asTool: false,
	read: (item) => item.resourceId('tag'),
	async call(id, client) {
		await client.send({
			method: 'DELETE',
			path: path`/tags/${id}`,
			answer: QUEUED,
			reconcile: async () => ((await tagsOf(client)).some((tag) => String(tag.id) === id) ? undefined : {}),
		});
		return { id, deleted: true };
	},
});
