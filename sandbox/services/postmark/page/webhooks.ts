import type { PostmarkService } from '../service';
import type { HookDelivery } from '../hooks';
import type { PostmarkServer } from '../server';
import type { Webhook } from '../records';
import { type Html, html, time } from '../../../shell/page/html';
import type { Shown, View } from '../../../shell/standIn';
import { type Query, empty, pageOf, searchForm, searcher, tableOf } from '../../../shell/page/list';

export const webhooksView: View<PostmarkService> = {
	tab: 'webhooks',
	label: 'Webhooks',
	count: ({ hooks }) => hooks.deliveries.length,
	show: webhooksList,
};

/** The registered webhooks, and what was posted to them. */
function webhooksList(postmark: PostmarkService, query: Query): Shown {
	const { deliveries } = postmark.hooks;
	const hit = searcher(query.q);
	const found = deliveries
		.filter(
			(one) =>
				(!query.state || STATES[one.state][0] === query.state) &&
				(!query.q || hit(`${one.event} ${one.url} ${one.stream} ${JSON.stringify(one.body)}`)),
		)
		.toReversed();
	const page = pageOf(found, query, '/webhooks', 'posted event');
	const registered = postmark.servers.flatMap((server) => rowsOf(server));
	return {
		title: 'Webhooks',
		live: true,
		tools: searchForm('/webhooks', query, 'Event, address, recipient…', {
			state: [
				['', 'Every outcome'],
				['ok', 'Taken'],
				['warn', 'Waiting for the next try'],
				['bad', 'Not taken'],
			],
		}),
		shown: html`${
				registered.length === 0
					? empty(
							'No webhook is registered',
							'Webhooks and inbound addresses set through the API appear here.',
						)
					: html`<div class="card">
							<table>
								<thead>
									<tr>
										<th>Address</th>
										<th>Events</th>
										<th>Stream</th>
										<th>Server</th>
										<th>Proof</th>
									</tr>
								</thead>
								<tbody>
									${registered}
								</tbody>
							</table>
						</div>`
			}
			<h3>Posted events</h3>
			${
				deliveries.length === 0
					? empty('Nothing was posted yet', 'Open a message and let something happen to it.')
					: tableOf(['Time (UTC)', 'Event', 'About', 'To', 'Outcome', 'Tries'], page, deliveryRow)
			}`,
	};
}

function rowsOf(server: PostmarkServer): Html[] {
	const rows = [...server.webhooks.values()].map((webhook) =>
		hookRow(webhook.Url, eventsOf(webhook), webhook.MessageStream, server.name, proofOf(webhook)),
	);
	const { InboundHookUrl: url } = server.config;
	if (url)
		rows.unshift(hookRow(url, 'Inbound', 'inbound', server.name, /\/\/[^/]*@/.test(url) ? 'basic auth' : ''));
	return rows;
}

function hookRow(url: string, events: string, stream: string, server: string, proof: string): Html {
	return html`<tr>
		<td class="mono any">${url.replace(/\/\/[^/@]*@/, '//')}</td>
		<td class="small">${events}</td>
		<td class="mono">${stream}</td>
		<td class="small">${server}</td>
		<td class="small">${proof || html`<span class="pill warn">none</span>`}</td>
	</tr>`;
}

function eventsOf({ Triggers }: Webhook): string {
	const names = Object.entries(Triggers)
		.filter(([, { Enabled }]) => Enabled)
		.map(([name]) => (name === 'Open' && Triggers.Open.PostFirstOpenOnly ? 'Open (first only)' : name));
	return names.join(', ') || 'none';
}

function proofOf({ HttpAuth, HttpHeaders }: Webhook): string {
	const names = HttpHeaders.map(({ Name }) => Name);
	return [...(HttpAuth ? ['basic auth'] : []), ...names].join(', ');
}

const STATES: Record<HookDelivery['state'], [color: 'ok' | 'warn' | 'bad', label: string]> = {
	'under way': ['warn', 'under way'],
	waiting: ['warn', 'waiting'],
	delivered: ['ok', 'taken'],
	stopped: ['bad', 'stopped by a 403'],
	'given up': ['bad', 'given up'],
	refused: ['bad', 'not on this computer'],
	dropped: ['bad', 'webhook is gone'],
};

function deliveryRow(delivery: HookDelivery): Html {
	const { event, body, url, state, attempts, nextAt, id } = delivery;
	const [color, label] = STATES[state];
	const about = body.Recipient ?? body.Email ?? body.From ?? '';
	return html`<tr>
		<td class="mono nowrap">${attempts[0] ? time(attempts[0].at) : ''}</td>
		<td>${event}</td>
		<td class="small any">${String(about)}</td>
		<td class="mono any">${url}</td>
		<td class="nowrap">
			<span class="pill ${color}">${label}</span>
			${nextAt ? html`<br /><span class="soft small">again ${time(nextAt).slice(11)}</span>` : ''}
		</td>
		<td class="small">
			<details data-id="hook-${id}">
				<summary>${attempts.map(({ status }) => (status === 0 ? 'no answer' : status)).join(', ')}</summary>
				${attempts.map(({ error }) => (error ? html`<p class="soft">${error}</p>` : ''))}
				<pre class="small">${JSON.stringify(body, shorten, 2)}</pre>
			</details>
		</td>
	</tr>`;
}

/** Attachments would fill the page. */
function shorten(_name: string, value: unknown): unknown {
	return typeof value === 'string' && value.length > 400 ? `${value.slice(0, 400)}…` : value;
}
