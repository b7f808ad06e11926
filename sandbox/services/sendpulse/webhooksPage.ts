import { html, number, time } from '../../shell/page/html';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../shell/page/list';
import type { Shown, View } from '../../shell/standIn';
import type { HookCall } from './hooks';
import type { SendPulseService } from './service';

const STATES: Record<HookCall['state'], [color: 'ok' | 'warn' | 'bad', label: string]> = {
	'under way': ['warn', 'under way'],
	delivered: ['ok', 'taken'],
	lost: ['bad', 'lost: it is not tried again'],
	refused: ['bad', 'not on this computer'],
};

/** The registered webhooks, and what was posted to them. */
export const webhooksView: View<SendPulseService> = {
	tab: 'sendpulse-webhooks',
	label: 'SendPulse webhooks',
	count: ({ account }) => account.reports.hooks.calls.length,
	show({ account, settings }, query: Query): Shown {
		const hit = searcher(query.q);
		const { webhooks, hooks } = account.reports;
		const registered = [...webhooks.values()].map(({ url, action }) => ({ url: withoutQuery(url), action }));
		if (settings.smtpWebhookUrl !== '')
			registered.push({ url: settings.smtpWebhookUrl, action: 'SMTP service, every event' });
		const found = hooks.calls
			.filter(({ url, events }) => hit(`${url} ${JSON.stringify(events)}`))
			.toReversed();
		return {
			title: 'SendPulse webhooks',
			live: true,
			tools: searchForm('/sendpulse-webhooks', query, 'Address, event…'),
			shown: html`${
					registered.length === 0
						? empty('No webhook is registered', 'Webhooks made through the API appear here.')
						: tableOf(
								['Address', 'Event'],
								pageOf(registered, {}, '/sendpulse-webhooks', 'webhook'),
								({ url, action }) =>
									html`<tr>
										<td class="mono any">${url}</td>
										<td>${action}</td>
									</tr>`,
							)
				}
				<h3>Posted events</h3>
				${
					hooks.calls.length === 0
						? empty('Nothing was posted yet', 'Events wait for each other, and go out together.')
						: tableOf(
								['Time (UTC)', 'To', { number: 'Events' }, 'Outcome', 'What'],
								pageOf(found, query, '/sendpulse-webhooks', 'call'),
								callRow,
							)
				}`,
		};
	},
};

function callRow({ id, at, url, events, state, status }: HookCall) {
	const [color, label] = STATES[state];
	return html`<tr>
		<td class="mono nowrap">${time(at)}</td>
		<td class="mono any">${withoutQuery(url)}</td>
		<td class="num">${number(events.length)}</td>
		<td class="nowrap"><span class="pill ${color}">${label}</span></td>
		<td class="small">
			<details data-id="sendpulse-hook-${id}">
				<summary>${status === undefined || status === 0 ? 'no answer' : status}</summary>
				<pre class="small">${JSON.stringify(events.slice(0, 20), undefined, 2)}</pre>
			</details>
		</td>
	</tr>`;
}

/** A secret may be in it. */
const withoutQuery = (url: string): string => url.replace(/\?.*$/, '?…');
