import { Audience, type AudienceInfo, newId } from './audience';
import { forbidden } from './errors';
import { bodyFields } from './official';
import { type Ask, type Resource, linksTo, pageOf, route } from './resource';
import type { MailchimpState } from './state';
import { isWithin } from './times';

const LISTS = '/lists';
const ONE = '/lists/{list_id}';

/** An audience as every answer has it. */
export function showAudience(state: MailchimpState, audience: Audience, withTotal = false) {
	const { info, id } = audience;
	const dc = state.account.dc;
	return {
		id,
		web_id: audience.webId,
		...info,
		date_created: audience.createdAt,
		list_rating: 0,
		subscribe_url_short: `http://eepurl.com/${id}`,
		subscribe_url_long: `https://mailops.${dc}.list-manage.com/subscribe?u=${state.account.id}&id=${id}`,
		beamer_address: `${dc}-${id}@inbound.mailchimp.com`,
		visibility: 'prv',
		has_welcome: false,
		modules: [],
		stats: statsOf(audience, withTotal),
		_links: linksTo(state, `/lists/${id}`),
	};
}

function statsOf(audience: Audience, withTotal: boolean) {
	const latest = (key: 'timestamp_opt' | 'unsubscribed_at') =>
		[...audience.members.values()].reduce(
			(last, one) => ((one[key] ?? '') > last ? (one[key] ?? '') : last),
			'',
		);
	return {
		member_count: audience.count('subscribed'),
		...(withTotal
			? {
					total_contacts: audience.count('subscribed', 'unsubscribed', 'transactional', 'pending', 'cleaned'),
				}
			: {}),
		unsubscribe_count: audience.count('unsubscribed'),
		cleaned_count: audience.count('cleaned'),
		member_count_since_send: audience.count('subscribed'),
		unsubscribe_count_since_send: 0,
		cleaned_count_since_send: 0,
		campaign_count: 0,
		campaign_last_sent: '',
		merge_field_count: audience.mergeFields.size,
		avg_sub_rate: 0,
		avg_unsub_rate: 0,
		target_sub_rate: 0,
		open_rate: 0,
		click_rate: 0,
		last_sub_date: latest('timestamp_opt'),
		last_unsub_date: latest('unsubscribed_at'),
	};
}

const FALSE = { type: 'string' } as const;
const fields = { ...bodyFields('POST', LISTS), notify_on_subscribe: FALSE, notify_on_unsubscribe: FALSE };

/** Audiences, which the API calls lists. */
export function lists(resource: Resource): void {
	route(resource, 'GET', LISTS, (ask) => list(ask));
	route(
		resource,
		'POST',
		LISTS,
		({ state, body }) => {
			const { current, most } = constraintsOf(state);
			if (current >= most) throw forbidden(`Your account can have up to ${most} audiences.`);
			const audience = addAudience(state, body as unknown as Partial<AudienceInfo> & { name: string });
			return showAudience(state, audience);
		},
		{ body: fields },
	);
	route(resource, 'GET', ONE, ({ state, audience, query }) =>
		showAudience(state, audience, query.include_total_contacts === true),
	);
	route(resource, 'PATCH', ONE, ({ state, audience, body }) => {
		const {
			contact = {},
			campaign_defaults: defaults = {},
			...more
		} = body as unknown as Partial<AudienceInfo>;
		Object.assign(audience.info, more);
		Object.assign(audience.info.contact, contact);
		Object.assign(audience.info.campaign_defaults, defaults);
		return showAudience(state, audience);
	});
	route(resource, 'DELETE', ONE, ({ state, audience }) => void state.audiences.delete(audience.id), {
		empty: true,
	});
	route(resource, 'GET', `${ONE}/tag-search`, ({ audience, query }) => {
		const wanted = String(query.name ?? '').toLowerCase();
		const found = [...audience.segments.values()].filter(
			({ type, name }) => type === 'static' && name.toLowerCase().startsWith(wanted),
		);
		return { tags: found.map(({ id, name }) => ({ id, name })), total_items: found.length };
	});
}

const constraintsOf = ({ audiences, settings }: MailchimpState) => ({
	current: audiences.size,
	most: settings.maxAudiences,
});

function list({ state, query }: Ask) {
	const address = query.email;
	const found = [...state.audiences.values()].filter(
		(audience) =>
			(address === undefined || audience.find(String(address)) !== undefined) &&
			isWithin(audience.createdAt, query.since_date_created, query.before_date_created),
	);
	if (query.sort_field !== undefined && query.sort_dir === 'DESC') found.reverse();
	const { current, most } = constraintsOf(state);
	return {
		lists: pageOf(found, query).map((one) => showAudience(state, one, query.include_total_contacts === true)),
		total_items: found.length,
		constraints: { may_create: current < most, max_instances: most, current_total_instances: current },
		_links: linksTo(state, '/lists'),
	};
}

/** @param id made up when it is missing */
export function addAudience(
	state: MailchimpState,
	{ name, ...info }: Partial<AudienceInfo> & { name: string },
	id = newId(),
): Audience {
	const audience = new Audience(id, state.newId(), state.stamp(), {
		name,
		contact: {},
		permission_reminder: 'You work with us.',
		use_archive_bar: true,
		campaign_defaults: {
			from_name: 'MailOps',
			from_email: 'news@mailops.example',
			subject: '',
			language: 'en',
		},
		notify_on_subscribe: '',
		notify_on_unsubscribe: '',
		email_type_option: false,
		double_optin: false,
		marketing_permissions: false,
		...info,
	});
	state.audiences.set(id, audience);
	return audience;
}
