import type { StoredMessage } from '../records';
import { linksIn } from '../visits';
import { type Html, html, time } from '../../../shell/page/html';

/** What happened to a message, and buttons that make something happen. */
export function eventsOf(message: StoredMessage): Html {
	const act = (event: string, label: string, possible = true) =>
		possible
			? html`<button
					data-send="POST /_sandbox/postmark/events"
					data-body="${JSON.stringify({ event, message: message.id })}"
				>
					${label}
				</button>`
			: '';
	return html`<h3>What happens to it</h3>
		<div class="presets">
			${act('deliver', 'It arrives')} ${act('open', 'It is opened', message.trackOpens)}
			${act('click', 'Its first link is clicked', message.trackLinks !== 'None' && linksIn(message).length > 0)}
			${act('bounce', 'It bounces')} ${act('complain', 'It is marked as spam')}
			${act('unsubscribe', 'The reader unsubscribes')}
		</div>
		${
			message.events.length === 0
				? ''
				: html`<div class="card">
						<table>
							<thead>
								<tr>
									<th>Time (UTC)</th>
									<th>Event</th>
									<th>Recipient</th>
									<th>Details</th>
								</tr>
							</thead>
							<tbody>
								${message.events.map(
									({ ReceivedAt, Type, Recipient, Details }) =>
										html`<tr>
											<td class="mono nowrap">${time(ReceivedAt)}</td>
											<td><span class="pill ${COLOR[Type]}">${Type}</span></td>
											<td class="small">${Recipient}</td>
											<td class="small any">
												${Object.entries(Details)
													.map(([name, value]) => `${name}: ${value}`)
													.join(', ')}
											</td>
										</tr>`,
								)}
							</tbody>
						</table>
					</div>`
		}`;
}

const COLOR: Record<StoredMessage['events'][number]['Type'], string> = {
	Delivered: 'ok',
	Opened: 'ok',
	LinkClicked: 'ok',
	Bounced: 'bad',
	SubscriptionChanged: 'warn',
};
