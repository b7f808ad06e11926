import { type Audience, newId } from './audience';
import { MailchimpError, badRequest, invalid } from './errors';
import { mergeValues } from './mergeValues';
import { type Member, type Source, type Status, hashOf } from './records';
import type { MailchimpState } from './state';

type Given = Record<string, unknown>;

export interface Write {
	given: Given;
	/** Whether it must not be there yet, must be, or may be. */
	expects: 'new' | 'old' | 'either';
	skipMergeValidation: boolean;
	source: Source;
}

const ADDRESS = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/;

/** @throws {MailchimpError} 400 */
export function checkAddress(address: string): void {
	if (!ADDRESS.test(address)) throw invalid('Please provide a valid email address.');
	// The service knows many more, example.com among them, which stands for real addresses here.
	if (/@(?:.*\.)?invalid$|@fake\.example$/i.test(address))
		throw invalid(`${address} looks fake or invalid, please enter a real email address.`);
}

export const exists = (address: string) =>
	new MailchimpError(
		400,
		'Member Exists',
		`${address} is already a list member. Use PUT to insert or update list members.`,
	);

/**
 * Who unsubscribed is only asked again (pending), and who was cleaned stays out; the same for a contact that was archived
 * after it.
 */
function checkStatus(member: Member, wanted: Status): void {
	const was = member.status === 'archived' ? member.before : member.status;
	const refused =
		(was === 'unsubscribed' && wanted === 'subscribed') ||
		(was === 'cleaned' && (wanted === 'subscribed' || wanted === 'pending'));
	if (refused)
		throw new MailchimpError(
			400,
			'Member In Compliance State',
			`${member.email_address} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`,
		);
}

function checkForgotten(audience: Audience, address: string): void {
	if (audience.forgotten.has(hashOf(address)))
		throw new MailchimpError(
			400,
			'Forgotten Email Not Subscribed',
			`${address} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`,
		);
}

/** Adds or changes a contact. @throws {MailchimpError} 400 with the service's title for what it refuses */
export function writeMember(
	state: MailchimpState,
	audience: Audience,
	old: Member | undefined,
	write: Write,
): { member: Member; isNew: boolean } {
	const { given, expects } = write;
	const address = String(given.email_address ?? old?.email_address ?? '').trim();
	checkAddress(address);
	const other = audience.members.get(hashOf(address));
	if (expects === 'new' && other && other.status !== 'archived') throw exists(address);
	if (expects !== 'new' && other && other !== old) throw exists(address);
	if (expects === 'new' && state.settings.onePerAccount && isElsewhere(state, audience, address))
		throw exists(address);
	const member = old ?? (expects === 'new' ? other : undefined);
	if (!member) checkForgotten(audience, address);
	const wanted = (given.status ?? (member ? member.status : given.status_if_new)) as Status | undefined;
	if (!wanted) throw invalid('Required fields were not provided: status');
	const revived = member?.status === 'archived' && given.status !== undefined;
	if (member && given.status !== undefined) checkStatus(member, wanted);
	const values = valuesOf(state, audience, given, member, write.skipMergeValidation);
	const next = member ?? blank(state, address);
	const before = { ...next, merge_fields: next.merge_fields, interests: next.interests };
	Object.assign(next, values, { email_address: address, id: hashOf(address) });
	if (before.id !== next.id) move(audience, before.id, next.id);
	audience.members.set(next.id, next);
	setStatus(state, next, wanted, member ? before.status : undefined);
	next.last_changed = state.stamp();
	if (Array.isArray(given.tags))
		for (const tag of given.tags as string[])
			audience.setTag(next.id, tag, true, () => state.newId(), state.stamp());
	state.hooks.changed(audience, next, member && !revived ? before : undefined, write.source);
	return { member: next, isNew: !member };
}

const isElsewhere = (state: MailchimpState, audience: Audience, address: string): boolean =>
	[...state.audiences.values()].some((other) => other !== audience && other.members.has(hashOf(address)));

function move(audience: Audience, from: string, to: string): void {
	audience.members.delete(from);
	for (const { hashes } of audience.segments.values()) {
		const since = hashes.get(from);
		if (since === undefined) continue;
		hashes.delete(from);
		hashes.set(to, since);
	}
}

export function setStatus(state: MailchimpState, member: Member, to: Status, from: Status | undefined): void {
	member.status = to;
	if (to === from) return;
	const now = state.stamp();
	if (to === 'subscribed' && !member.timestamp_opt) member.timestamp_opt = now;
	if (to === 'pending' && !member.timestamp_signup) member.timestamp_signup = now;
	if (to === 'unsubscribed') {
		member.unsubscribed_at = now;
		member.unsubscribe_reason = 'N/A (Unsubscribed by admin)';
	} else delete member.unsubscribe_reason;
	if (to !== 'archived') delete member.before;
	const action = { subscribed: 'subscribed', unsubscribed: 'unsub', cleaned: 'bounce' }[to as string];
	if (action) member.activity.push({ action, timestamp: now });
}

const PLAIN = [
	'email_type',
	'language',
	'vip',
	'location',
	'ip_signup',
	'ip_opt',
	'timestamp_signup',
	'timestamp_opt',
];

function valuesOf(
	state: MailchimpState,
	audience: Audience,
	given: Given,
	old: Member | undefined,
	skip: boolean,
): Given {
	const values: Given = Object.fromEntries(
		PLAIN.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
	);
	const { email_type: type } = given;
	if (type !== undefined && type !== 'html' && type !== 'text')
		throw invalid('Data presented is not one of the accepted values: html, text');
	if (!old || given.merge_fields !== undefined) {
		values.merge_fields = mergeValues(
			audience,
			(given.merge_fields ?? {}) as Given,
			old?.merge_fields ?? {},
			{ skip, note: (tag) => state.noteUnknown(`merge field ${tag}`) },
		);
	}
	values.interests = interestsOf(audience, (given.interests ?? {}) as Given, old);
	values.permissions = permissionsOf(audience, (given.marketing_permissions ?? []) as Given[], old);
	return values;
}

function interestsOf(audience: Audience, given: Given, old: Member | undefined): Record<string, boolean> {
	const ids = audience.interests();
	for (const [id, chosen] of Object.entries(given)) {
		if (!ids.includes(id)) throw badRequest(`Invalid interest ID: '${id}'.`);
		if (typeof chosen !== 'boolean') throw invalid(`The interest '${id}' must be true or false.`);
	}
	return Object.fromEntries(
		ids.map((id) => [id, (given[id] as boolean | undefined) ?? old?.interests[id] ?? false]),
	);
}

function permissionsOf(audience: Audience, given: Given[], old: Member | undefined): Record<string, boolean> {
	const known = audience.info.marketing_permissions
		? audience.permissions.map(({ marketing_permission_id: id }) => id)
		: [];
	const set = { ...old?.permissions };
	for (const { marketing_permission_id: id, enabled } of given) {
		if (!known.includes(String(id))) throw badRequest(`Invalid marketing permission ID: '${String(id)}'.`);
		set[String(id)] = enabled === true;
	}
	return set;
}

function blank(state: MailchimpState, address: string): Member {
	const now = state.stamp();
	return {
		id: hashOf(address),
		email_address: address,
		unique_email_id: newId(),
		contact_id: `${newId()}${newId()}${newId()}`.slice(0, 32),
		web_id: state.newId(),
		email_type: 'html',
		status: 'subscribed',
		merge_fields: {},
		interests: {},
		permissions: {},
		ip_signup: '',
		timestamp_signup: '',
		ip_opt: '',
		timestamp_opt: '',
		last_changed: now,
		language: '',
		vip: false,
		location: { latitude: 0, longitude: 0 },
		source: 'API - Generic',
		notes: new Map(),
		events: [],
		activity: [],
	};
}
