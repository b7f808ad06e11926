import type { Shell } from '../shell';
import type { RequestEntry } from '../requests';
import { type Html, bytes, html, number } from './html';
import type { Shown } from '../standIn';
import { type Query, empty, pageOf, searchForm, searcher } from './list';

/** The request log, newest first. */
export function requestsShown({ requests, running }: Shell, query: Query): Shown {
	const hit = searcher(query.q);
	const kept = requests.list();
	const found = kept
		.filter(
			(entry) =>
				(!query.service || entry.service === query.service) &&
				(!query.status || classOf(entry.status) === query.status) &&
				(!query.q ||
					hit(
						`${entry.method} ${entry.path} ${entry.query} ${entry.status} ${entry.requestId} ${entry.fault ?? ''}`,
					)),
		)
		.reverse();
	const { rows, words, links } = pageOf(found, query, '/requests', 'request');
	const forgotten = requests.total - kept.length;
	const failures = requests
		.summary()
		.reduce((sum, { status, count }) => sum + (status >= 200 && status < 400 ? 0 : count), 0);
	return {
		title: 'Requests',
		live: true,
		tools: searchForm('/requests', query, 'Path, method, status, id…', {
			service: [
				['', 'Every service'],
				...running.map(({ standIn }): [string, string] => [standIn.name, standIn.title]),
			],
			status: [
				['', 'Every outcome'],
				['ok', 'Success'],
				['warn', 'Refused (4xx)'],
				['bad', 'Failed (5xx) or cut'],
			],
		}),
		shown:
			requests.total === 0
				? empty('No requests yet', running.map(addressOf).join(' '))
				: html`<div class="stats">
							${stat(number(requests.total), 'requests')} ${stat(number(failures), 'refused or failed')}
							${running.flatMap(({ standIn, service }) =>
								(standIn.figures?.(service) ?? []).map(([label, value]) => stat(number(value), label)),
							)}
						</div>
						<p class="count">
							${words}${forgotten > 0 ? `; ${number(forgotten)} older ones are only counted` : ''}
						</p>
						<div class="card">
							<table>
								<thead>
									<tr>
										<th>Time (UTC)</th>
										<th>Service</th>
										<th>Request</th>
										<th>Status</th>
										<th class="num">ms</th>
										<th class="num">Sent</th>
										<th>Fault</th>
										<th>Id</th>
									</tr>
								</thead>
								<tbody>
									${rows.map(row)}
								</tbody>
							</table>
						</div>
						${links}`,
	};
}

function addressOf({ standIn, service }: Shell['running'][number]): string {
	return `${standIn.title} answers at ${service.url}.`;
}

function stat(value: string, label: string): Html {
	return html`<div class="stat"><b>${value}</b><span>${label}</span></div>`;
}

function row(entry: RequestEntry): Html {
	return html`<tr>
		<td class="mono nowrap">${entry.at.slice(11, 23)}</td>
		<td class="small">${entry.service}</td>
		<td class="mono any">
			<b>${entry.method}</b> ${readable(entry.path)}${
				entry.query ? html`<span class="soft">?${readable(entry.query)}</span>` : ''
			}
		</td>
		<td><span class="pill ${classOf(entry.status)}">${entry.status === 0 ? 'cut' : entry.status}</span></td>
		<td class="num small">${entry.ms.toFixed(1)}</td>
		<td class="num small">${bytes(entry.bytesIn)}</td>
		<td>${entry.fault ? html`<span class="pill warn">${entry.fault}</span>` : ''}</td>
		<td class="mono soft nowrap">${entry.requestId}</td>
	</tr>`;
}

function classOf(status: number): 'ok' | 'warn' | 'bad' {
	if (status === 0 || status >= 500) return 'bad';
	return status >= 400 ? 'warn' : 'ok';
}

/** Decoded for the eye, and cut where it would fill the page. */
function readable(text: string): string {
	let plain = text;
	try {
		plain = decodeURIComponent(text);
	} catch {
		// Not well encoded: shown as it came.
	}
	return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}
