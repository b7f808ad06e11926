import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { done, failed, type ItemResult } from '../../../core/node/operation';
import { withoutLinks } from '../connection';
import { memberError } from '../errors';
import { unanswered } from '../errors/unanswered';
import { addressKey } from '../ids';
import { skipQuery } from './read';
import { tellingApart } from './tellingApart';

/** In one request (https://mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe/). */
export const MOST_CONTACTS = 500;

/** Contacts with the same of these go out in one request. */
export interface Together {
	audience: string;
	/** Whether the tags of a contact are all it is to have. */
	syncTags: boolean;
	/** Whether required merge fields may be empty. */
	skip: boolean;
}

/** A contact as `POST /lists/{id}` takes it. */
export interface Contact {
	email_address: string;
	status?: string;
	merge_fields?: IDataObject;
	interests?: IDataObject;
	tags?: string[];
	[more: string]: unknown;
}

/**
 * Mailchimp wants each address once in a request. Later values win; merge fields and interests are put together one by one, tags
 * are all kept.
 */
function togetherByAddress(given: Contact[]): Contact[] {
	const byAddress = new Map<string, Contact>();
	for (const contact of given) {
		const key = addressKey(contact.email_address);
		const before = byAddress.get(key);
		byAddress.set(key, before === undefined ? contact : merged(before, contact));
	}
	return [...byAddress.values()];
}

/** Adds contacts or changes those that are there: the same twice is the same. One answer for each that was given. */
export async function addOrUpdate(
	client: Client,
	together: Together,
	given: Contact[],
): Promise<ItemResult[]> {
	const answers = await tellingApart(
		togetherByAddress(given),
		async (contacts) => await tell(client, together, contacts),
	);
	return given.map(({ email_address: address }) => answers.get(addressKey(address))!);
}

async function tell(
	client: Client,
	{ audience, syncTags, skip }: Together,
	contacts: Contact[],
): Promise<Map<string, ItemResult>> {
	const answer = await client.send<IDataObject>({
		method: 'POST',
		path: path`/lists/${audience}`,
		query: skipQuery(skip),
		body: {
			members: contacts,
			update_existing: true,
			...(syncTags ? { sync_tags: true } : {}),
		},
		answer: ['new_members', 'updated_members', 'errors'],
		idempotent: true,
	});
	return answersFor(contacts, answer);
}

function merged(before: Contact, after: Contact): Contact {
	const tags = [...(before.tags ?? []), ...(after.tags ?? [])];
	const mergeFields = { ...before.merge_fields, ...after.merge_fields };
	const interests = { ...before.interests, ...after.interests };
	return {
		...before,
		...after,
		...(before.tags || after.tags ? { tags: [...new Set(tags)] } : {}),
		...(Object.keys(mergeFields).length > 0 ? { merge_fields: mergeFields } : {}),
		...(Object.keys(interests).length > 0 ? { interests } : {}),
	};
}

/** The answers of a request about many contacts by their addresses; they come in no order. */
function answersFor(contacts: Contact[], answer: IDataObject): Map<string, ItemResult> {
	const byAddress = new Map<string, ItemResult>();
	const rows = (name: string) => (Array.isArray(answer[name]) ? (answer[name] as IDataObject[]) : []);
	for (const [name, created] of [
		['new_members', true],
		['updated_members', false],
	] as const)
		for (const row of rows(name))
			byAddress.set(addressKey(row.email_address), done({ ...withoutLinks(row), created }));
	for (const row of rows('errors')) byAddress.set(addressKey(row.email_address), failed(memberError(row)));
	return new Map(
		contacts.map((contact) => {
			const key = addressKey(contact.email_address);
			const result = byAddress.get(key) ?? failed(unanswered(contact.email_address));
			const lost = 'done' in result ? passedOver(contact, result.done) : [];
			return [key, lost.length === 0 ? result : failed(passedOverError(lost, contact.email_address))];
		}),
	);
}

/** Merge fields that Mailchimp passed over without a word, because the audience does not have them. */
function passedOver({ merge_fields: sent = {} }: Contact, { merge_fields: kept }: IDataObject): string[] {
	if (typeof kept !== 'object' || kept === null) return [];
	return Object.keys(sent).filter((tag) => sent[tag] !== '' && !Object.hasOwn(kept, tag));
}

export const passedOverError = (tags: string[], address: string): ServiceError =>
	new ServiceError({
		service: 'Mailchimp',
		message: `The audience has no merge field ${tags.join(', ')}: Mailchimp left it out and wrote everything else of ${address}`,
		remedy:
			'Correct the tag, or make the merge field in Mailchimp (Audience, Settings, Audience fields). Running the item again does no harm.',
		field: `Merge Fields: ${tags.join(', ')}`,
	});

/** For the operations on one contact. @throws {ServiceError} when a merge field was passed over */
export function checkMergeFields(sent: IDataObject, answer: IDataObject): IDataObject {
	const lost = passedOver(sent as unknown as Contact, answer);
	if (lost.length > 0) throw passedOverError(lost, String(answer.email_address));
	return withoutLinks(answer);
}
