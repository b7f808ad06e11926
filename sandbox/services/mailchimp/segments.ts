import type { Given } from '../../shell/table/table';
import { type Audience, newTag } from './audience';
import { checkConditions, evaluate } from './conditions';
import { badRequest, invalid, notFound } from './errors';
import { showMember } from './memberView';
import { bodyFields } from './official';
import { type Condition, type Member, type Segment, hashOf } from './records';
import { type Ask, type Resource, linksTo, pageOf, route } from './resource';
import { isWithin } from './times';

const LIST = '/lists/{list_id}';
const PATH = `${LIST}/segments`;
const ONE = `${PATH}/{segment_id}`;
const MOST = 500;

/** Who is in it now. Those who left the audience are not counted. */
export function membersOf(audience: Audience, segment: Segment, also: readonly string[] = []): Member[] {
	const all = [...audience.members.values()].filter(
		({ status }) => status === 'subscribed' || status === 'pending' || also.includes(status),
	);
	if (segment.type === 'static') return all.filter(({ id }) => segment.hashes.has(id));
	return all.filter((member) => evaluate(audience, member, segment.options));
}

export function showSegment({ state, audience }: Ask, segment: Segment) {
	const { id, name, type, created_at, updated_at, options } = segment;
	return {
		id,
		name,
		member_count: membersOf(audience, segment).length,
		type,
		created_at,
		updated_at,
		options:
			type === 'static'
				? {
						match: 'any',
						conditions: [
							{ condition_type: 'StaticSegment', field: 'static_segment', op: 'static_is', value: id },
						],
					}
				: options,
		list_id: audience.id,
		_links: linksTo(state, `/lists/${audience.id}/segments/${id}`),
	};
}

function segmentOf({ audience, params }: Ask): Segment {
	const found = audience.segments.get(Number(params.segment_id));
	if (!found) throw notFound();
	return found;
}

const fields = bodyFields('POST', PATH);

/** Segments; a tag is a static one. */
export function segments(resource: Resource): void {
	route(resource, 'GET', PATH, (ask) => list(ask));
	route(resource, 'POST', PATH, (ask) => create(ask));
	route(resource, 'GET', ONE, (ask) => showSegment(ask, segmentOf(ask)));
	// The description has the conditions of a change as a list of lists, surely by mistake: they are those of a new one.
	route(resource, 'PATCH', ONE, (ask) => change(ask, segmentOf(ask)), { body: fields });
	route(resource, 'DELETE', ONE, (ask) => void ask.audience.segments.delete(segmentOf(ask).id), {
		empty: true,
	});
	route(resource, 'POST', ONE, (ask) => batch(ask, segmentOf(ask)));
	route(resource, 'GET', `${ONE}/members`, (ask) => {
		const { state, audience, query } = ask;
		const also = ['cleaned', 'transactional', 'unsubscribed'].filter(
			(status) => query[`include_${status}`] === true,
		);
		const found = membersOf(audience, segmentOf(ask), also);
		return {
			members: pageOf(found, query).map((member) => showMember(state, audience, member)),
			total_items: found.length,
			_links: linksTo(state, `/lists/${audience.id}/segments/${segmentOf(ask).id}/members`),
		};
	});
	route(resource, 'POST', `${ONE}/members`, (ask) => {
		const { state, audience, body } = ask;
		const member = audience.find(String(body.email_address));
		if (!member) throw badRequest(`${String(body.email_address)} is not subscribed to the list.`);
		fixed(segmentOf(ask)).hashes.set(member.id, state.stamp());
		return showMember(state, audience, member);
	});
	route(
		resource,
		'DELETE',
		`${ONE}/members/{subscriber_hash}`,
		(ask) => {
			if (!fixed(segmentOf(ask)).hashes.delete(ask.member.id)) throw notFound();
		},
		{ empty: true },
	);
}

function list(ask: Ask) {
	const { audience, query, state } = ask;
	const found = [...audience.segments.values()].filter(
		(one) =>
			(query.type === undefined || query.type === one.type) &&
			isWithin(one.created_at, query.since_created_at, query.before_created_at) &&
			isWithin(one.updated_at, query.since_updated_at, query.before_updated_at),
	);
	return {
		segments: pageOf(found, query).map((one) => showSegment(ask, one)),
		list_id: audience.id,
		total_items: found.length,
		_links: linksTo(state, `/lists/${audience.id}/segments`),
	};
}

function checkName(audience: Audience, name: unknown, own?: Segment): void {
	const text = String(name).trim();
	if (text.length > 100) throw invalid('The name must have at most 100 characters.');
	for (const one of audience.segments.values())
		if (one !== own && one.name.toLowerCase() === text.toLowerCase())
			throw badRequest(`Sorry, that tag already exists: "${text}".`);
}

function create(ask: Ask) {
	const { state, audience, body } = ask;
	checkName(audience, body.name);
	const segment = newTag(state.newId(), String(body.name).trim(), state.stamp());
	if (body.static_segment === undefined) {
		if (body.options === undefined) throw invalid('Either static_segment or options must be given.');
		setOptions(segment, body.options as Given);
	} else fill(ask, segment, body.static_segment as string[]);
	audience.segments.set(segment.id, segment);
	return showSegment(ask, segment);
}

function change(ask: Ask, segment: Segment) {
	const { audience, body, state } = ask;
	if (body.name !== undefined) checkName(audience, body.name, segment);
	if (body.options !== undefined) setOptions(segment, body.options as Given);
	if (body.static_segment !== undefined) {
		fixed(segment).hashes.clear();
		fill(ask, segment, body.static_segment as string[]);
	}
	if (body.name !== undefined) segment.name = String(body.name).trim();
	segment.updated_at = state.stamp();
	return showSegment(ask, segment);
}

/** @throws {MailchimpError} 400 before anything is changed */
function setOptions(segment: Segment, { match = 'any', conditions = [] }: Given): void {
	checkConditions(conditions as Condition[]);
	segment.type = 'saved';
	segment.options = { match: match as 'any' | 'all', conditions: conditions as Condition[] };
}

function fill({ audience, state }: Ask, segment: Segment, addresses: readonly string[]): void {
	for (const address of addresses) {
		const member = audience.members.get(hashOf(address.trim()));
		if (member) segment.hashes.set(member.id, state.stamp());
	}
}

function fixed(segment: Segment): Segment {
	if (segment.type !== 'static')
		throw badRequest('Members are only added to or removed from static segments.');
	return segment;
}

/** Addresses of nobody in the audience come back as errors, together. */
function batch(ask: Ask, segment: Segment) {
	const { state, audience, body } = ask;
	fixed(segment);
	const done = { members_to_add: [] as Member[], members_to_remove: [] as Member[] };
	const unknown: string[] = [];
	for (const kind of ['members_to_add', 'members_to_remove'] as const) {
		const addresses = (body[kind] ?? []) as string[];
		if (addresses.length > MOST) throw badRequest(`${kind} can have at most ${MOST} addresses.`);
		for (const address of addresses) {
			const member = audience.members.get(hashOf(address.trim()));
			const hasIt = member !== undefined && segment.hashes.has(member.id);
			if (!member || member.status === 'archived' || (kind === 'members_to_remove' && !hasIt))
				unknown.push(address);
			else {
				done[kind].push(member);
				if (kind === 'members_to_add') segment.hashes.set(member.id, state.stamp());
				else segment.hashes.delete(member.id);
			}
		}
	}
	segment.updated_at = state.stamp();
	const rows = (members: Member[]) => members.map((member) => showMember(state, audience, member));
	return {
		members_added: rows(done.members_to_add),
		members_removed: rows(done.members_to_remove),
		errors:
			unknown.length === 0
				? []
				: [
						{
							email_addresses: unknown,
							error: 'Email addresses do not belong to the list or are not in the segment.',
						},
					],
		total_added: done.members_to_add.length,
		total_removed: done.members_to_remove.length,
		error_count: unknown.length,
		_links: [],
	};
}
