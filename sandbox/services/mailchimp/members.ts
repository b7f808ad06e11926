import type { Given } from '../../shell/table/table';
import { MailchimpError, badRequest } from './errors';
import { setStatus, writeMember } from './memberRules';
import { showMember, shown } from './memberView';
import { bodyFields } from './official';
import type { Member } from './records';
import type { MailchimpState } from './state';
import { isWithin } from './times';
import { type Ask, type Resource, linksTo, pageOf, route } from './resource';

const MEMBERS = '/lists/{list_id}/members';
const ONE = `${MEMBERS}/{subscriber_hash}`;

const { status_if_new: statusIfNew, ...others } = bodyFields('PUT', ONE);
/** The description lists it as required, and says of it “required only if the email address is not already present on the list”. */
const upsertFields = { ...others, status_if_new: { ...statusIfNew!, required: false } };

/** Contacts of an audience. */
export function members(resource: Resource): void {
	route(resource, 'GET', MEMBERS, (ask) => {
		const { state, audience, query } = ask;
		checkFilters(query);
		const since = query.since_last_campaign === true ? lastSending(state, audience.id) : '';
		const found = sorted(
			[...audience.members.values()].filter((member) => matches(member, query) && cameSince(member, since)),
			query,
		);
		return {
			members: pageOf(found, query).map((member) => showMember(state, audience, member)),
			list_id: audience.id,
			total_items: found.length,
			_links: linksTo(state, `/lists/${audience.id}/members`),
		};
	});
	route(resource, 'POST', MEMBERS, (ask) => shown(ask, write(ask, undefined, 'new')));
	route(resource, 'GET', ONE, (ask) => shown(ask, ask.member));
	route(
		resource,
		'PUT',
		ONE,
		(ask) => shown(ask, write(ask, ask.audience.find(ask.params.subscriber_hash ?? ''), 'either')),
		{ body: upsertFields },
	);
	route(resource, 'PATCH', ONE, (ask) => shown(ask, write(ask, ask.member, 'old')));
	route(resource, 'DELETE', ONE, (ask) => archive(ask, ask.member), { empty: true });
	route(resource, 'POST', `${ONE}/actions/delete-permanent`, (ask) => forget(ask, ask.member), {
		empty: true,
	});
}

function write(ask: Ask, old: Member | undefined, expects: 'new' | 'old' | 'either'): Member {
	const { state, audience, query, body } = ask;
	return writeMember(state, audience, old, {
		given: body,
		expects,
		skipMergeValidation: query.skip_merge_validation === true,
		source: 'api',
	}).member;
}

/** Who is never archived (github.com/amro/gibbon/issues/320; “bounced” is what the status calls cleaned). */
const NOT_ARCHIVED = ['archived', 'cleaned', 'pending'];

/** Out of every count and list, but what is known of it is kept. */
function archive({ state, audience }: Ask, member: Member): void {
	if (NOT_ARCHIVED.includes(member.status))
		throw new MailchimpError(
			405,
			'Method Not Allowed',
			'This list member cannot be removed. Can not archive a contact that is bounced, pending or archived',
		);
	const { status } = member;
	setStatus(state, member, 'archived', status);
	member.before = status;
	member.last_changed = state.stamp();
	state.hooks.gone(audience, member, 'api');
}

function forget({ state, audience }: Ask, member: Member): void {
	audience.members.delete(member.id);
	audience.forgotten.add(member.id);
	for (const { hashes } of audience.segments.values()) hashes.delete(member.id);
	state.hooks.gone(audience, member, 'api');
}

/** What the description of the parameters says of each. */
function checkFilters(query: Given): void {
	const ofInterests = ['interest_category_id', 'interest_ids', 'interest_match'].filter(
		(name) => query[name] !== undefined,
	);
	if (ofInterests.length % 3 !== 0)
		throw badRequest('interest_ids must be accompanied by interest_category_id and interest_match.');
	const { status } = query;
	if (query.unsubscribed_since !== undefined && status !== undefined && status !== 'unsubscribed')
		throw badRequest('unsubscribed_since can only be used with the status unsubscribed.');
	if (query.since_last_campaign === true && status === undefined)
		throw badRequest('since_last_campaign needs a status.');
}

/** When a campaign to the audience was sent last; '' when none was. */
const lastSending = ({ campaigns }: MailchimpState, list: string): string =>
	[...campaigns.values()]
		.filter(({ recipients, status }) => recipients.list_id === list && status === 'sent')
		.map(({ send_time: sent }) => sent)
		.toSorted()
		.at(-1) ?? '';

/** Whether a contact came to its status after a time. */
function cameSince(member: Member, since: string): boolean {
	if (since === '') return true;
	const { status, timestamp_opt, timestamp_signup, unsubscribed_at, last_changed } = member;
	const at =
		{ subscribed: timestamp_opt, pending: timestamp_signup, unsubscribed: unsubscribed_at }[
			status as string
		] ?? last_changed;
	return isWithin(at, since, undefined);
}

function matches(member: Member, query: Given): boolean {
	const { status, email_type, vip_only, unique_email_id } = query;
	if (status === undefined ? member.status === 'archived' : member.status !== status) return false;
	if (email_type !== undefined && member.email_type !== email_type) return false;
	if (vip_only === true && !member.vip) return false;
	if (unique_email_id !== undefined && member.unique_email_id !== unique_email_id) return false;
	if (query.unsubscribed_since !== undefined) {
		const since = member.unsubscribed_at ?? '';
		if (member.status !== 'unsubscribed' || !isWithin(since, query.unsubscribed_since, undefined))
			return false;
	}
	return (
		isWithin(member.last_changed, query.since_last_changed, query.before_last_changed) &&
		isWithin(member.timestamp_opt, query.since_timestamp_opt, query.before_timestamp_opt) &&
		interested(member, query)
	);
}

function interested({ interests }: Member, query: Given): boolean {
	const { interest_ids: ids, interest_match: match = 'any' } = query;
	if (ids === undefined) return true;
	const has = String(ids)
		.split(',')
		.map((id) => interests[id] === true);
	if (match === 'all') return has.every(Boolean);
	return match === 'none' ? !has.some(Boolean) : has.some(Boolean);
}

function sorted(rows: Member[], { sort_field: field, sort_dir: direction = 'ASC' }: Given): Member[] {
	if (field === undefined) return rows;
	const key = field as 'timestamp_opt' | 'timestamp_signup' | 'last_changed';
	const sign = direction === 'DESC' ? -1 : 1;
	return rows.sort((a, b) => sign * (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0));
}
