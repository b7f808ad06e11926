import type { FastifyRequest } from 'fastify';
import { recipientsOf } from './message';
import { easternDay } from './eastern';
import { dateRange, readFilters } from './paging';
import type { Click, Open, StoredMessage } from './records';
import type { Resource } from './resource';
import type { PostmarkServer } from './server';
import type { PostmarkState } from './state';
import { linksIn } from './visits';

const BAD_QUERY = 900;

/** What is counted, with the day it falls on and how much it counts. */
interface Count {
	at: number | string;
	name: string;
	count?: number;
}

/** What of a server a question is about. */
interface Scope {
	messages: StoredMessage[];
	bounces: PostmarkServer['bounces'];
	opens: Open[];
	clicks: Click[];
}

/**
 * Each series by its path: totals beside `Days`, which has the days something happened on. Days are those of the US
 * East Coast; a message counts once for each recipient.
 */
const SERIES: Record<string, { fixed: string[]; counts: (scope: Scope) => Count[] }> = {
	sends: {
		fixed: ['Sent'],
		counts: ({ messages }) =>
			messages.map((message) => ({ at: message.at, name: 'Sent', count: sentTo(message) })),
	},
	bounces: {
		fixed: [],
		counts: ({ bounces }) =>
			bounces
				.filter(({ Type }) => Type !== 'SpamComplaint')
				.map(({ BouncedAt, Type }) => ({ at: BouncedAt, name: Type })),
	},
	spam: {
		fixed: ['SpamComplaint'],
		counts: ({ bounces }) =>
			bounces
				.filter(({ Type }) => Type === 'SpamComplaint')
				.map(({ BouncedAt, Type }) => ({ at: BouncedAt, name: Type })),
	},
	tracked: {
		fixed: ['Tracked'],
		counts: ({ messages }) =>
			messages
				.filter(isTracked)
				.map((message) => ({ at: message.at, name: 'Tracked', count: sentTo(message) })),
	},
	opens: {
		fixed: ['Opens', 'Unique'],
		counts: ({ opens }) =>
			opens.flatMap(({ ReceivedAt: at, FirstOpen }) => [
				{ at, name: 'Opens' },
				{ at, name: 'Unique', count: Number(FirstOpen) },
			]),
	},
	'opens/platforms': {
		fixed: ['Desktop', 'WebMail', 'Mobile', 'Unknown'],
		counts: ({ opens }) =>
			first(opens).map(({ ReceivedAt, Platform }) => ({ at: ReceivedAt, name: Platform })),
	},
	'opens/emailclients': {
		fixed: [],
		counts: ({ opens }) =>
			first(opens).map(({ ReceivedAt, Client }) => ({ at: ReceivedAt, name: Client.Name })),
	},
	'opens/readtimes': {
		fixed: [],
		counts: ({ opens }) =>
			first(opens).map(({ ReceivedAt, ReadSeconds }) => ({
				at: ReceivedAt,
				name: ReadSeconds >= 20 ? '20s+' : `${ReadSeconds}s`,
			})),
	},
	clicks: {
		fixed: ['Clicks', 'Unique'],
		counts: ({ clicks }) => [
			...clicks.map(({ ReceivedAt }) => ({ at: ReceivedAt, name: 'Clicks' })),
			...unique(clicks).map(({ ReceivedAt }) => ({ at: ReceivedAt, name: 'Unique' })),
		],
	},
	'clicks/browserfamilies': {
		fixed: [],
		counts: ({ clicks }) =>
			unique(clicks).map(({ ReceivedAt, Client }) => ({ at: ReceivedAt, name: Client.Family })),
	},
	'clicks/platforms': {
		fixed: ['Desktop', 'Mobile', 'Unknown'],
		counts: ({ clicks }) =>
			unique(clicks).map(({ ReceivedAt, Platform }) => ({ at: ReceivedAt, name: Platform })),
	},
	'clicks/location': {
		fixed: ['HTML', 'Text'],
		counts: ({ clicks }) =>
			unique(clicks).map(({ ReceivedAt, ClickLocation }) => ({ at: ReceivedAt, name: ClickLocation })),
	},
};

/** `/stats/outbound` and its series, counted from what the server has (postmarkapp.com/developer/api/stats-api). */
export const stats: Resource = ({ app, state, server }) => {
	app.get('/stats/outbound', async (request) => overview(scopeOf(request, server(request), state)));
	for (const [path, { fixed, counts }] of Object.entries(SERIES)) {
		app.get(`/stats/outbound/${path}`, async (request) =>
			byDay(counts(scopeOf(request, server(request), state)), fixed),
		);
	}
};

function scopeOf(request: FastifyRequest, of: PostmarkServer, state: PostmarkState): Scope {
	const filters = readFilters(request, state, ['tag', 'fromdate', 'todate', 'messagestream']);
	const inRange = dateRange(filters, BAD_QUERY);
	const { tag, messagestream } = filters;
	const wanted = (Tag: string | undefined, stream: string, at: number) =>
		(tag === undefined || Tag === tag) &&
		(messagestream === undefined || stream === messagestream) &&
		inRange(at);
	const visit = ({ Tag, MessageStream, ReceivedAt }: Open | Click) =>
		wanted(Tag, MessageStream, Date.parse(ReceivedAt));
	return {
		messages: of.messages.filter((message) => wanted(message.tag, message.stream, message.at)),
		bounces: of.bounces.filter(({ Tag, MessageStream, BouncedAt }) =>
			wanted(Tag, MessageStream, Date.parse(BouncedAt)),
		),
		opens: of.opens.filter(visit),
		clicks: of.clicks.filter(visit),
	};
}

function byDay(counts: Count[], fixed: string[]) {
	// Where nothing was counted there are no totals either: recorded answers of the service have it so.
	if (counts.length === 0) return { Days: [] };
	const totals: Record<string, number> = Object.fromEntries(fixed.map((name) => [name, 0]));
	const days = new Map<string, Record<string, number>>();
	for (const { at, name, count = 1 } of counts) {
		const date = easternDay(new Date(at).getTime());
		const day = days.get(date) ?? {};
		days.set(date, day);
		day[name] = (day[name] ?? 0) + count;
		totals[name] = (totals[name] ?? 0) + count;
	}
	const sorted = [...days].sort(([a], [b]) => a.localeCompare(b));
	return { Days: sorted.map(([Date, day]) => ({ Date, ...day })), ...totals };
}

function overview({ messages, bounces, opens, clicks }: Scope) {
	const sum = (list: StoredMessage[]) => list.reduce((total, message) => total + sentTo(message), 0);
	const Sent = sum(messages);
	const count = (type: string) => bounces.filter(({ Type }) => Type === type).length;
	const SpamComplaints = count('SpamComplaint');
	const SMTPApiErrors = count('SMTPApiError');
	const Bounced = bounces.length - SpamComplaints - SMTPApiErrors;
	const rate = (part: number) => (Sent === 0 ? 0 : Math.round((part / Sent) * 100_000) / 1000);
	const withLinks = messages.filter(({ trackLinks }) => trackLinks !== 'None');
	return {
		Sent,
		Bounced,
		SMTPApiErrors,
		BounceRate: rate(Bounced),
		SpamComplaints,
		SpamComplaintsRate: rate(SpamComplaints),
		Opens: opens.length,
		UniqueOpens: first(opens).length,
		TotalClicks: clicks.length,
		UniqueLinksClicked: unique(clicks).length,
		Tracked: sum(messages.filter(isTracked)),
		WithLinkTracking: sum(withLinks),
		WithOpenTracking: sum(messages.filter(({ trackOpens }) => trackOpens)),
		TotalTrackedLinksSent: withLinks.reduce(
			(total, message) => total + linksIn(message).length * sentTo(message),
			0,
		),
		WithClientRecorded: first(opens).length,
		WithPlatformRecorded: first(opens).filter(({ Platform }) => Platform !== 'Unknown').length,
		WithReadTimeRecorded: first(opens).length,
	};
}

function sentTo(message: StoredMessage): number {
	return recipientsOf(message).length - message.suppressed.length;
}

function isTracked({ trackOpens, trackLinks }: StoredMessage): boolean {
	return trackOpens || trackLinks !== 'None';
}

function first(opens: Open[]): Open[] {
	return opens.filter(({ FirstOpen }) => FirstOpen);
}

/** The first click of each recipient on each link. */
function unique(clicks: Click[]): Click[] {
	const seen = new Map<string, Click>();
	for (const click of clicks) {
		const key = `${click.MessageID} ${click.Recipient} ${click.OriginalLink}`;
		if (!seen.has(key)) seen.set(key, click);
	}
	return [...seen.values()];
}
