import type { Shell } from '../shell';
import { type ArmedFault, wordsOf } from '../faults';
import { FAULT_KINDS } from '../faults/kinds';
import { type Html, html } from './html';
import type { Shown } from '../standIn';
import { empty } from './list';

/** What is armed, and the buttons of the sandbox as a whole. */
export function faultsShown({ faults, url, running }: Shell): Shown {
	const armed = faults.list();
	const [first] = running;
	const example = `curl ${url}/_sandbox/faults -H 'content-type: application/json' -d '{"service":"${first?.standIn.name}","kind":"status","status":503,"when":"after","times":3}'`;
	return {
		title: 'Faults',
		live: true,
		// Here it stays while the rest is refreshed, and keeps what was typed.
		tools: form(running),
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
			<h3>One click away</h3>
			<div class="presets">
				${running.flatMap(({ standIn: { name, title, presets } }) =>
					presets.map(
						([label, fault]) =>
							html`<button
								data-send="POST /_sandbox/faults"
								data-body="${JSON.stringify({ service: name, ...fault })}"
							>
								${title}: ${label}
							</button>`,
					),
				)}
				<button data-send="DELETE /_sandbox/faults">Disarm all</button>
			</div>
			<h3>From a terminal</h3>
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

/** Fields that are left empty are not sent. */
function form(running: Shell['running']): Html {
	const option = (value: string, label = value) => html`<option value="${value}">${label}</option>`;
	const input = (name: string, label: string, type: 'text' | 'number') =>
		html`<input type="${type}" name="${name}" placeholder="${label}" aria-label="${label}" />`;
	return html`<form class="tools arm" data-send="POST /_sandbox/faults">
		<select name="service" aria-label="Service">
			${running.map(({ standIn }) => option(standIn.name, standIn.title))}
		</select>
		<select name="kind" aria-label="What happens">
			${FAULT_KINDS.map((kind) => option(kind))}
		</select>
		<select name="when" aria-label="When">
			${option('', 'instead of the work')} ${option('after', 'after the work')}
		</select>
		<select name="method" aria-label="Method">
			${option('', 'any method')} ${['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((one) => option(one))}
		</select>
		${input('pathPattern', 'Path, as an expression', 'text')} ${input('status', 'Status', 'number')}
		${input('ms', 'Milliseconds', 'number')} ${input('times', 'How often (1)', 'number')}
		<button>Arm</button>
	</form>`;
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
