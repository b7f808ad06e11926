import type { PostmarkService } from '../service';
import { recipientsOf } from '../message';
import type { Recipient, StoredAttachment, StoredMessage } from '../records';
import { mailFrame } from '../../../shell/page/frame';
import { Html, bytes, html, number, time } from '../../../shell/page/html';
import { eventsOf } from './events';
import type { Shown, View } from '../../../shell/standIn';
import { type Query, empty, pageOf, searchForm, searcher, tableOf } from '../../../shell/page/list';

export const messagesView: View<PostmarkService> = {
	tab: 'messages',
	label: 'Messages',
	count: ({ messages }) => messages.length,
	show: messagesList,
	one: messagePage,
	attachment(postmark, id, at) {
		const found = postmark.message(id)?.attachments[at];
		if (!found?.content) return undefined;
		return { name: found.name, content: Buffer.from(found.content, 'base64') };
	},
};

/** What was sent through Postmark, newest first. */
function messagesList(postmark: PostmarkService, query: Query): Shown {
	const hit = searcher(query.q);
	const all = postmark.messages;
	const found = (query.q ? all.filter((message) => hit(wordsOf(message))) : all).toReversed();
	const page = pageOf(found, query, '/messages', 'message');
	const serverName = new Map(postmark.servers.map(({ id, name }) => [id, name]));
	return {
		title: 'Messages',
		live: true,
		tools: searchForm('/messages', query, 'Subject, people, tag, metadata…'),
		shown:
			all.length === 0
				? empty('No messages yet', `Send one to ${postmark.url} and it appears here. Nothing is delivered.`)
				: tableOf(
						['Time (UTC)', 'From', 'To', 'Subject', 'Stream', 'Tag', { number: 'Size' }],
						page,
						(message) => row(message, serverName.get(message.serverId) ?? ''),
					),
	};
}

function wordsOf(message: StoredMessage): string {
	const people = [message.from, ...recipientsOf(message)].map(({ Email, Name }) => `${Name} ${Email}`);
	return [
		message.subject,
		message.tag,
		message.id,
		...Object.entries(message.metadata).flat(),
		...people,
	].join(' ');
}

function row(message: StoredMessage, server: string): Html {
	const files = message.attachments.length;
	const [first, ...others] = recipientsOf(message);
	return html`<tr>
		<td class="mono nowrap">${time(message.at)}</td>
		<td class="small">${message.from.Name || message.from.Email}</td>
		<td class="small">
			${first?.Email ?? ''}${others.length > 0 ? html` <span class="soft">+${others.length}</span>` : ''}
		</td>
		<td class="any">
			<a href="/messages/${message.id}">${message.subject || '(no subject)'}</a>
			${files > 0 ? html`<span class="pill">${files} file${files > 1 ? 's' : ''}</span>` : ''}
			${message.suppressed.length > 0 ? html`<span class="pill warn">partly suppressed</span>` : ''}
		</td>
		<td class="small">${message.stream} <span class="soft">${server}</span></td>
		<td class="small">${message.tag ?? ''}</td>
		<td class="num small">${bytes(message.size)}</td>
	</tr>`;
}

/** One message as its recipient would see it. */
function messagePage(postmark: PostmarkService, id: string, query: Query): Shown | undefined {
	const message = postmark.message(id);
	if (!message) return undefined;
	const view = query.view ?? (message.html ? 'html' : 'text');
	const tab = (name: string, label: string) =>
		html`<a
			href="/messages/${message.id}?view=${name}"
			${name === view ? new Html(' aria-current="true"') : ''}
			>${label}</a
		>`;
	const remote = view !== 'text' && /\s(?:src|background)\s*=\s*["']?https?:/i.test(message.html ?? '');
	return {
		title: message.subject || 'Message',
		live: false,
		shown: html`<div class="card pad">
				<h2>${message.subject || '(no subject)'}</h2>
				<dl>
					${field('From', people([message.from]))} ${field('To', people(message.to))}
					${field('Cc', people(message.cc))} ${field('Bcc', people(message.bcc))}
					${field('Reply-To', message.replyTo)} ${field('Sent', `${time(message.at)} UTC`)}
					${field('Stream', message.stream)} ${field('Tag', message.tag ?? '')}
					${field('Metadata', pairs(Object.entries(message.metadata)))}
					${field('Left out', message.suppressed.join(', '))}
					${field('Template', message.template ? `${message.template.alias ?? ''} (${message.template.id})` : '')}
					${field('Message ID', message.id)}
				</dl>
				${
					message.attachments.length > 0
						? html`<h3>Attachments</h3>
								<div class="files">${message.attachments.map((one, at) => file(message.id, one, at))}</div>`
						: ''
				}
			</div>
			<div class="views">
				${message.html ? html`${tab('html', 'HTML')}${tab('phone', 'HTML on a phone')}` : ''}
				${message.text ? tab('text', 'Text') : ''} ${tab('headers', 'Headers')}
				${remote ? html`<span class="note soft small">Pictures from the web are not loaded here.</span>` : ''}
			</div>
			<div class="card">${body(message, view)}</div>
			${eventsOf(message)}`,
	};
}

export function field(label: string, value: string): Html {
	return value === ''
		? html``
		: html`<dt>${label}</dt>
				<dd>${value}</dd>`;
}

function people(list: Recipient[]): string {
	return list.map(({ Email, Name }) => (Name ? `${Name} <${Email}>` : Email)).join(', ');
}

function pairs(list: Array<[string, string]>): string {
	return list.map(([key, value]) => `${key} = ${value}`).join(', ');
}

function file(id: string, attachment: StoredAttachment, at: number): Html {
	const label = html`${attachment.name}
		<span class="soft">${bytes(attachment.size)}, ${attachment.contentType}</span>`;
	if (attachment.content === undefined) return html`<span class="file">${label} (content not kept)</span>`;
	return html`<a class="file" href="/messages/${id}/attachments/${at}" download>${label}</a>`;
}

function body(message: StoredMessage, view: string): Html {
	if (view === 'text') return html`<pre>${message.text ?? ''}</pre>`;
	if (view === 'headers') {
		const own = message.headers.map(({ Name, Value }) => `${Name}: ${Value}`);
		const settings = [`TrackOpens: ${message.trackOpens}`, `TrackLinks: ${message.trackLinks}`];
		return html`<pre>${[...own, ...settings, `Size: ${number(message.size)} bytes`].join('\n')}</pre>`;
	}
	return mailFrame(message.html ?? '', message.attachments, view === 'phone');
}
