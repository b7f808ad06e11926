import type { Audience } from './audience';
import type { Campaign } from './records';
import { type Resource, linksTo, pageOf, route } from './resource';
import type { MailchimpState } from './state';

const PATH = '/lists/{list_id}/activity';
const MOST_DAYS = 180;
const DAY_MS = 24 * 3_600_000;

const FIGURES = [
	'emails_sent',
	'unique_opens',
	'recipient_clicks',
	'hard_bounce',
	'soft_bounce',
	'subs',
	'unsubs',
	'other_adds',
	'other_removes',
] as const;

type Figure = (typeof FIGURES)[number];
type Day = Record<Figure, number> & { day: string };

const OF_MEMBERS: Record<string, Figure> = { subscribed: 'subs', unsub: 'unsubs' };

/** What happened in an audience, day by day, counted from what its members and campaigns keep. */
export function listActivity(resource: Resource): void {
	route(resource, 'GET', PATH, ({ audience, state, query }) => {
		const days = daysOf(state, audience);
		return {
			activity: pageOf(days, query),
			list_id: audience.id,
			total_items: days.length,
			_links: linksTo(state, `/lists/${audience.id}/activity`),
		};
	});
}

/** The last 180 days on which something happened, newest first. */
function daysOf(state: MailchimpState, audience: Audience): Day[] {
	const byDay = new Map<string, Day>();
	const since = Date.parse(state.stamp()) - MOST_DAYS * DAY_MS;
	const count = (at: string, figure: Figure, times = 1) => {
		if (!(Date.parse(at) >= since)) return;
		const day = at.slice(0, 10);
		const known = byDay.get(day) ?? ({ day, ...Object.fromEntries(FIGURES.map((name) => [name, 0])) } as Day);
		known[figure] += times;
		byDay.set(day, known);
	};
	for (const { activity } of audience.members.values())
		for (const { action, timestamp } of activity) {
			const figure = OF_MEMBERS[action];
			if (figure) count(timestamp, figure);
		}
	for (const campaign of state.campaigns.values())
		if (campaign.recipients.list_id === audience.id) countCampaign(campaign, count);
	return [...byDay.values()].sort((a, b) => b.day.localeCompare(a.day));
}

function countCampaign(
	{ activity, emails_sent: sent, send_time: at, sends }: Campaign,
	count: (at: string, figure: Figure, times?: number) => void,
): void {
	if (sends > 0) count(at, 'emails_sent', sent);
	for (const did of activity.values()) {
		const first = (action: string) => did.find((one) => one.action === action)?.timestamp ?? '';
		count(first('open'), 'unique_opens');
		for (const { action, timestamp, type } of did) {
			if (action === 'click') count(timestamp, 'recipient_clicks');
			if (action === 'bounce') count(timestamp, type === 'hard' ? 'hard_bounce' : 'soft_bounce');
		}
	}
}
