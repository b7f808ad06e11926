import type { Fields } from '../../shell/table/fields';
import type { Given } from '../../shell/table/table';
import { MailchimpError, badRequest } from './errors';
import { exists, writeMember } from './memberRules';
import { showMember } from './memberView';
import { bodyFields } from './official';
import { hashOf } from './records';
import { type Ask, type Resource, route } from './resource';

const LIST = '/lists/{list_id}';
const MOST = 500;

/** `tags` of a member is not in the description, but on the page of `sync_tags`. */
function withTags(fields: Fields): Fields {
	const { members } = fields;
	if (!members?.items) throw new Error('The description has no members in this body.');
	return {
		...fields,
		members: {
			...members,
			items: {
				...members.items,
				fields: { ...members.items.fields, tags: { type: 'array', items: { type: 'string' } } },
			},
		},
	};
}

interface Refused {
	email_address: string;
	error: string;
	error_code: 'ERROR_CONTACT_EXISTS' | 'ERROR_GENERIC';
	field?: string;
	field_message?: string;
}

/** Up to 500 contacts at once, each with an answer of its own (mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe). */
export function bulk(resource: Resource): void {
	route(resource, 'POST', LIST, addMany, { body: withTags(bodyFields('POST', LIST)) });
}

function addMany(ask: Ask) {
	const { audience, state, body, query } = ask;
	const given = body.members as Given[];
	if (given.length > MOST) throw badRequest(`You can not add more than ${MOST} members in one request.`);
	const seen = new Set<string>();
	const answer = { new_members: [] as unknown[], updated_members: [] as unknown[], errors: [] as Refused[] };
	if (query.skip_duplicate_check !== true) checkDuplicates(given);
	for (const one of given) {
		const address = String(one.email_address ?? '').trim();
		const hash = hashOf(address);
		if (seen.has(hash)) continue;
		seen.add(hash);
		try {
			const { member, isNew } = addOne(ask, one, address);
			(isNew ? answer.new_members : answer.updated_members).push(showMember(state, audience, member));
		} catch (error) {
			if (!(error instanceof MailchimpError)) throw error;
			answer.errors.push(refusalOf(address, error));
		}
	}
	return {
		// The order of the answers is not that of the request.
		new_members: answer.new_members.reverse(),
		updated_members: answer.updated_members,
		errors: answer.errors,
		total_created: answer.new_members.length,
		total_updated: answer.updated_members.length,
		error_count: answer.errors.length,
		_links: [],
	};
}

/** What becomes of an address that comes twice is not public: the sandbox refuses all, so that no client does it. */
function checkDuplicates(given: Given[]): void {
	const hashes = given.map(({ email_address: address }) => hashOf(String(address ?? '').trim()));
	if (new Set(hashes).size !== hashes.length) throw badRequest('The batch has an email address twice.');
}

function addOne({ audience, state, body, query }: Ask, one: Given, address: string) {
	const known = audience.members.get(hashOf(address));
	if (known && known.status !== 'archived' && body.update_existing !== true) throw exists(address);
	const written = writeMember(state, audience, known, {
		given: one,
		expects: 'either',
		skipMergeValidation: query.skip_merge_validation === true,
		source: 'api',
	});
	if (body.sync_tags === true && Array.isArray(one.tags)) {
		const wanted = (one.tags as string[]).map((name) => name.toLowerCase());
		for (const tag of audience.tagsOf(written.member.id))
			if (!wanted.includes(tag.name.toLowerCase())) tag.hashes.delete(written.member.id);
	}
	return written;
}

function refusalOf(address: string, error: MailchimpError): Refused {
	const [first] = error.errors ?? [];
	return {
		email_address: address,
		error: error.detail,
		error_code: error.title === 'Member Exists' ? 'ERROR_CONTACT_EXISTS' : 'ERROR_GENERIC',
		...(first ? { field: first.field, field_message: first.message } : {}),
	};
}
