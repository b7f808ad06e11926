import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import type { Source } from '../../../core/poll/backfill';
import { listOf, noLinks } from '../connection';
import { justBefore } from '../times';
import type { Settings } from './settings';

const DAY = 24 * 60 * 60_000;

/** A report as much as it says whether there is news. */
interface Report extends IDataObject {
	id: string;
	campaign_title?: string;
	opens?: { last_open?: string };
	clicks?: { last_click?: string };
}

type LastOf = (report: Report) => string | undefined;

/**
 * Who opened campaigns, each time, oldest reports first
 * (https://mailchimp.com/developer/marketing/api/open-reports/list-campaign-open-details/).
 */
export const opens = (client: Client, settings: Settings): Source<IDataObject> => ({
	async *between(from) {
		for await (const report of reportsWithNews(client, settings, from, ({ opens: all }) => all?.last_open))
			yield* opensOf(client, report, from);
	},
	id: (row) => `${String(row.campaign_id)} ${String(row.email_id)} ${String(row.timestamp)}`,
	at: timeOf,
});

/**
 * Who clicked what, each time (https://mailchimp.com/developer/marketing/api/email-activity-reports/list-email-activity/): the
 * reports of links say how often, and not when.
 */
export const clicks = (client: Client, settings: Settings): Source<IDataObject> => ({
	async *between(from) {
		for await (const report of reportsWithNews(client, settings, from, ({ clicks: all }) => all?.last_click))
			yield* clicksOf(client, report, from);
	},
	id: (row) =>
		`${String(row.campaign_id)} ${String(row.email_id)} ${String(row.timestamp)} ${String(row.url)}`,
	at: timeOf,
});

function timeOf({ timestamp }: IDataObject): number {
	return Date.parse(String(timestamp));
}

/** One request tells of up to 1,000 campaigns whether there is news. */
async function* reportsWithNews(
	client: Client,
	{ campaign, days }: Settings,
	from: Date,
	lastOf: LastOf,
): AsyncGenerator<Report> {
	const names = ['id', 'campaign_title', 'opens.last_open', 'clicks.last_click'];
	const hasNews = (report: Report) => Date.parse(lastOf(report) ?? '') >= from.getTime() - 1_000;
	if (campaign !== '') {
		const report = await client.get<Report>(path`/reports/${campaign}`, { fields: names.join(',') });
		if (hasNews(report)) yield report;
		return;
	}
	const rows = client.pages('/reports', listOf('reports'), {
		since_send_time: new Date(Date.now() - days * DAY).toISOString(),
		fields: ['total_items', ...names.map((name) => `reports.${name}`)].join(','),
	});
	for await (const row of rows) if (hasNews(row as Report)) yield row as Report;
}

async function* opensOf(client: Client, report: Report, from: Date): AsyncGenerator<IDataObject> {
	const members = client.pages(path`/reports/${report.id}/open-details`, listOf('members'), {
		since: justBefore(from),
		...noLinks('members'),
	});
	for await (const { opens: each, opens_count: _count, ...member } of members)
		for (const open of listIn(each)) yield { ...titleOf(report), ...member, ...open };
}

async function* clicksOf(client: Client, report: Report, from: Date): AsyncGenerator<IDataObject> {
	const emails = client.pages(path`/reports/${report.id}/email-activity`, listOf('emails'), {
		since: justBefore(from),
		...noLinks('emails'),
	});
	for await (const { activity, ...email } of emails)
		for (const { action, ...click } of listIn(activity))
			if (action === 'click') yield { ...titleOf(report), ...email, ...click };
}

const listIn = (value: unknown): IDataObject[] => (Array.isArray(value) ? (value as IDataObject[]) : []);

const titleOf = ({ campaign_title: title }: Report): IDataObject => ({ campaign_title: title ?? '' });
