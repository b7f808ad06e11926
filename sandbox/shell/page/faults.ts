import type { Sandbox } from '../..';
import type { ArmedFault, Fault } from '../faults';
import { type Html, html } from './html';
import type { View } from './layout';
import { empty } from './list';

/** Faults one click away; all others are armed through the in-process API or `POST /_sandbox/faults`. */
const PRESETS: Array<[label: string, fault: object]> = [
	[
		'Alimail: 429 for the next 5',
		{ service: 'alimail', kind: 'status', status: 429, pathPattern: '^/v2/', times: 5 },
	],
	['Alimail: 503 once', { service: 'alimail', kind: 'status', status: 503, pathPattern: '^/v2/' }],
	['Alimail: token revoked', { service: 'alimail', kind: 'tokenRevoked', pathPattern: '^/v2/' }],
	[
		'Alimail: answer to a create lost',
		{ service: 'alimail', kind: 'resetAfter', method: 'POST', path: '/v2/users' },
	],
	['Postmark: 429 once', { service: 'postmark', kind: 'status', status: 429 }],
	['Postmark: HTML error page', { service: 'postmark', kind: 'html' }],
	[
		'Postmark: answer to a send lost',
		{ service: 'postmark', kind: 'resetAfter', method: 'POST', pathPattern: '^/email' },
	],
	['Postmark: 5 s slow', { service: 'postmark', kind: 'slow', ms: 5000 }],
];

/** What is armed, and the buttons of the sandbox as a whole. */
export function faultsView({ faults, url }: Sandbox): View {
	const armed = faults.list();
	const example = `curl ${url}/_sandbox/faults -H 'content-type: application/json' -d '{"service":"alimail","kind":"status","status":503,"times":3}'`;
	return {
		tab: 'faults',
		title: 'Faults',
		live: true,
		shown: html`${
				armed.length === 0
					? empty('No fault is armed', 'Every request is answered as the service would.')
					: html`<div class="card">
							<table>
								<thead>
									<tr>
										<th>Service</th>
										<th>Requests</th>
										<th>What happens</th>
										<th class="num">Lets pass</th>
										<th class="num">Played</th>
										<th class="num">Left</th>
									</tr>
								</thead>
								<tbody>
									${armed.map(row)}
								</tbody>
							</table>
						</div>`
			}
			<h3>Arm a fault</h3>
			<div class="presets">
				${PRESETS.map(
					([label, fault]) =>
						html`<button data-send="POST /_sandbox/faults" data-body="${JSON.stringify(fault)}">
							${label}
						</button>`,
				)}
				<button data-send="DELETE /_sandbox/faults">Disarm all</button>
			</div>
			<h3>Any other, from a terminal</h3>
			<div class="card"><pre>${example}</pre></div>
			<h3>The sandbox</h3>
			<div class="presets">
				<button data-send="POST /_sandbox/seed" data-body="${JSON.stringify({ sample: 'small' })}">
					Put in a sample company
				</button>
				<button
					class="danger"
					data-send="POST /_sandbox/reset"
					data-ask="Remove all mailboxes, departments, messages, faults and the request log?"
				>
					Reset everything
				</button>
			</div>`,
	};
}

function row({ fault, passing, played, left }: ArmedFault): Html {
	return html`<tr>
		<td>${fault.service}</td>
		<td class="mono">
			${fault.method ?? 'any'} ${fault.path === undefined ? 'any path' : String(fault.path)}
		</td>
		<td>${wordsOf(fault)}</td>
		<td class="num">${passing}</td>
		<td class="num">${played}</td>
		<td class="num">${left === Infinity ? 'always' : left}</td>
	</tr>`;
}

function wordsOf(fault: Fault): string {
	switch (fault.kind) {
		case 'status':
			return `answered with status ${fault.status}`;
		case 'resetBefore':
			return 'connection cut, nothing done';
		case 'resetAfter':
			return 'done, then the connection is cut';
		case 'html':
			return `an HTML error page with status ${fault.status ?? 502}`;
		case 'slow':
			return `held for ${fault.ms} ms`;
		case 'tokenRevoked':
			return 'its token stops working';
		case 'partial':
			return `messages ${fault.indexes.join(', ')} of the batch refused with ErrorCode ${fault.errorCode}`;
	}
}
