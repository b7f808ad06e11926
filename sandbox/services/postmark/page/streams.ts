import type { PostmarkService } from '../service';
import type { MessageStream } from '../records';
import type { PostmarkServer } from '../server';
import type { Suppression } from '../suppressionStore';
import { type Html, html, number, time } from '../../../shell/page/html';
import type { Shown, View } from '../../../shell/standIn';
import { type Query, empty, pageOf, searchForm, searcher, tableOf } from '../../../shell/page/list';

export const streamsView: View<PostmarkService> = {
	tab: 'streams',
	label: 'Streams',
	count: ({ servers }) => servers.reduce((sum, { streams }) => sum + streams.size, 0),
	show: streamsList,
};

/** The streams of every server, and the addresses they no longer send to. */
function streamsList(postmark: PostmarkService, query: Query): Shown {
	const hit = searcher(query.q);
	const all = postmark.servers.flatMap((server) =>
		server.suppressions.entries.map(([stream, suppression]) => ({ server, stream, suppression })),
	);
	const found = all
		.filter(
			({ server, stream, suppression }) =>
				(!query.reason || suppression.SuppressionReason === query.reason) &&
				hit(`${suppression.EmailAddress} ${stream} ${server.name} ${suppression.Origin}`),
		)
		.sort((a, b) => b.suppression.CreatedAt.localeCompare(a.suppression.CreatedAt));
	const page = pageOf(found, query, '/streams', 'suppression');
	return {
		title: 'Streams',
		live: true,
		tools: searchForm('/streams', query, 'Suppressed address, stream, server…', {
			reason: [
				['', 'Every reason'],
				['HardBounce', 'Hard bounce'],
				['SpamComplaint', 'Spam complaint'],
				['ManualSuppression', 'Unsubscribed or suppressed by hand'],
			],
		}),
		shown: html`<div class="card">
				<table>
					<thead>
						<tr>
							<th>Stream</th>
							<th>Name</th>
							<th>Type</th>
							<th>Server</th>
							<th>Unsubscribing</th>
							<th class="num">Sent</th>
							<th class="num">Suppressed</th>
						</tr>
					</thead>
					<tbody>
						${postmark.servers.map((server) => [...server.streams.values()].map((one) => streamRow(one, server)))}
					</tbody>
				</table>
			</div>
			<h3>Suppressed addresses</h3>
			${
				all.length === 0
					? empty(
							'Nobody is suppressed',
							'Hard bounces, spam complaints and unsubscribed readers appear here.',
						)
					: tableOf(
							['Since (UTC)', 'Address', 'Reason', 'By', 'Stream', 'Server'],
							page,
							({ server, stream, suppression }) => suppressionRow(suppression, stream, server.name),
						)
			}`,
	};
}

function streamRow(stream: MessageStream, server: PostmarkServer): Html {
	const sent = server.sentIn(stream.ID);
	return html`<tr>
		<td class="mono any">
			${stream.ID} ${stream.ArchivedAt ? html`<span class="pill warn">archived</span>` : ''}
		</td>
		<td class="any">
			${stream.Name}${stream.Description ? html`<br /><span class="soft small">${stream.Description}</span>` : ''}
		</td>
		<td class="small">${stream.MessageStreamType}</td>
		<td class="small">
			${server.name} ${server.deliveryType === 'Sandbox' ? html`<span class="pill">sandbox</span>` : ''}
		</td>
		<td class="small">${stream.SubscriptionManagementConfiguration.UnsubscribeHandlingType}</td>
		<td class="num">${number(sent)}</td>
		<td class="num">${number(server.suppressions.in(stream.ID).length)}</td>
	</tr>`;
}

const REASONS: Record<Suppression['SuppressionReason'], [color: string, label: string]> = {
	HardBounce: ['bad', 'hard bounce'],
	SpamComplaint: ['bad', 'spam complaint'],
	ManualSuppression: ['warn', 'manual'],
};

function suppressionRow(suppression: Suppression, stream: string, server: string): Html {
	const [color, label] = REASONS[suppression.SuppressionReason];
	return html`<tr>
		<td class="mono nowrap">${time(suppression.CreatedAt)}</td>
		<td class="any">${suppression.EmailAddress}</td>
		<td><span class="pill ${color}">${label}</span></td>
		<td class="small">${suppression.Origin}</td>
		<td class="mono any">${stream}</td>
		<td class="small">${server}</td>
	</tr>`;
}
