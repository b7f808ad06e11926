import { type Resource, linksTo, pageOf, route } from './resource';
import { showMember } from './memberView';
import { readSearch } from './official';

/** The account, the ping, and the search over all audiences. */
export function root(resource: Resource): void {
	const { state, app } = resource;
	route(resource, 'GET', '/', ({ user }) => ({
		account_id: state.account.id,
		login_id: user.loginId,
		account_name: state.account.name,
		email: user.email,
		first_name: 'Ada',
		last_name: 'Owner',
		username: user.email,
		avatar_url: '',
		role: state.settings.role,
		member_since: '2020-01-01T00:00:00+00:00',
		pricing_plan_type: 'monthly',
		first_payment: '2020-01-02T00:00:00+00:00',
		account_timezone: 'Europe/Berlin',
		account_industry: 'Software',
		contact: {
			company: 'MailOps',
			addr1: '1 Main St',
			addr2: '',
			city: 'Berlin',
			state: '',
			zip: '10115',
			country: 'DE',
		},
		pro_enabled: state.settings.pro,
		last_login: state.stamp(),
		total_subscribers: [...state.audiences.values()].reduce((sum, one) => sum + one.count('subscribed'), 0),
		industry_stats: { open_rate: 0.2, bounce_rate: 0.01, click_rate: 0.02 },
		_links: linksTo(state, '/'),
	}));
	app.get('/ping', async (request) => {
		readSearch(request.query, {});
		return { health_status: "Everything's Chimpy!" };
	});
	route(resource, 'GET', '/search-members', ({ query }) => {
		const wanted = String(query.query).toLowerCase();
		const all = [...state.audiences.values()]
			.filter(({ id }) => query.list_id === undefined || id === query.list_id)
			.flatMap((audience) =>
				[...audience.members.values()]
					.filter(({ email_address, merge_fields }) =>
						`${email_address} ${Object.values(merge_fields).join(' ')}`.toLowerCase().includes(wanted),
					)
					.map((member) => showMember(state, audience, member)),
			);
		const exact = all.filter(({ email_address }) => email_address.toLowerCase() === wanted);
		const part = (rows: typeof all) => ({ members: pageOf(rows, { count: 30 }), total_items: rows.length });
		return { exact_matches: part(exact), full_search: part(all), _links: linksTo(state, '/search-members') };
	});
}
