import type { Given } from '../../shell/table/table';
import { invalid } from './errors';
import { type Resource, linksTo, pageOf, route } from './resource';

const ONE = '/lists/{list_id}/members/{subscriber_hash}';

/** Tags, events and history of a contact. */
export function memberParts(resource: Resource): void {
	route(resource, 'GET', `${ONE}/tags`, ({ audience, member, query, state }) => {
		const tags = audience.tagsOf(member.id);
		return {
			tags: pageOf(tags, query).map(({ id, name, hashes }) => ({
				id,
				name,
				date_added: hashes.get(member.id),
			})),
			total_items: tags.length,
			_links: linksTo(state, `/lists/${audience.id}/members/${member.id}/tags`),
		};
	});
	route(
		resource,
		'POST',
		`${ONE}/tags`,
		({ state, audience, member, body }) => {
			for (const { name, status } of body.tags as Array<{ name: string; status: string }>)
				audience.setTag(member.id, name, status === 'active', () => state.newId(), state.stamp());
			member.last_changed = state.stamp();
		},
		{ empty: true },
	);
	route(resource, 'GET', `${ONE}/events`, ({ member, query, audience, state }) => ({
		events: pageOf(member.events.toReversed(), query),
		total_items: member.events.length,
		_links: linksTo(state, `/lists/${audience.id}/members/${member.id}/events`),
	}));
	route(
		resource,
		'POST',
		`${ONE}/events`,
		({ state, member, body }) => {
			const { name, properties = {}, occurred_at: at = state.stamp() } = body;
			if (!/^.{2,30}$/s.test(String(name)))
				throw invalid('The name of an event must have from 2 to 30 characters.');
			for (const value of Object.values(properties as Given))
				if (typeof value === 'object') throw invalid('The properties of an event must be plain values.');
			member.events.push({ name: String(name), properties: properties as Given, occurred_at: String(at) });
		},
		{ empty: true },
	);
	history(resource);
}

function history(resource: Resource): void {
	route(resource, 'GET', `${ONE}/activity`, ({ audience, member, query, state }) => {
		const wanted = query.action as string[] | undefined;
		const activity = member.activity
			.toReversed()
			.slice(0, 50)
			.filter(({ action }) => !wanted || wanted.includes(action));
		return {
			activity,
			email_id: member.id,
			contact_id: member.contact_id,
			list_id: audience.id,
			total_items: activity.length,
			_links: linksTo(state, `/lists/${audience.id}/members/${member.id}/activity`),
		};
	});
	route(resource, 'GET', `${ONE}/activity-feed`, ({ audience, member, query, state }) => {
		const wanted = query.activity_filters as string[] | undefined;
		const activity = member.activity
			.toReversed()
			.map(({ action, timestamp, ...more }) => ({
				activity_type: FEED[action] ?? action,
				created_at_timestamp: timestamp,
				...more,
			}))
			.filter(({ activity_type: type }) => !wanted || wanted.includes(type));
		return {
			activity: pageOf(activity, query),
			email_id: member.id,
			list_id: audience.id,
			_links: linksTo(state, `/lists/${audience.id}/members/${member.id}/activity-feed`),
		};
	});
	route(resource, 'GET', `${ONE}/goals`, ({ audience, member, state }) => ({
		goals: [],
		list_id: audience.id,
		email_id: member.id,
		total_items: 0,
		_links: linksTo(state, `/lists/${audience.id}/members/${member.id}/goals`),
	}));
}

/** Names of the newer feed. */
const FEED: Record<string, string> = { subscribed: 'signup', unsub: 'unsub', sent: 'sent', bounce: 'bounce' };
