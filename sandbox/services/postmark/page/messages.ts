import type { PostmarkService } from '../service';
import { recipientsOf } from '../message';
import type { Recipient, StoredMessage } from '../records';
import { letterOf } from '../../../shell/page/letter';
import { type Html, bytes, html, number, time } from '../../../shell/page/html';
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
	const own = message.headers.map(({ Name, Value }) => `${Name}: ${Value}`);
	const settings = [`TrackOpens: ${message.trackOpens}`, `TrackLinks: ${message.trackLinks}`];
	const letter = letterOf(
		{
			href: `/messages/${message.id}`,
			subject: message.subject,
			fields: [
				['From', people([message.from])],
				['To', people(message.to)],
				['Cc', people(message.cc)],
				['Bcc', people(message.bcc)],
				['Reply-To', message.replyTo],
				['Sent', `${time(message.at)} UTC`],
				['Stream', message.stream],
				['Tag', message.tag ?? ''],
				['Metadata', pairs(Object.entries(message.metadata))],
				['Left out', message.suppressed.join(', ')],
				['Template', message.template ? `${message.template.alias ?? ''} (${message.template.id})` : ''],
				['Message ID', message.id],
			],
			files: message.attachments.map((one, at) => ({
				...one,
				...(one.content === undefined ? {} : { href: `/messages/${message.id}/attachments/${at}` }),
			})),
			html: message.html,
			text: message.text,
			headers: [...own, ...settings, `Size: ${number(message.size)} bytes`],
		},
		query,
	);
	return { title: message.subject || 'Message', live: false, shown: html`${letter}${eventsOf(message)}` };
}

function people(list: Recipient[]): string {
	return list.map(({ Email, Name }) => (Name ? `${Name} <${Email}>` : Email)).join(', ');
}

function pairs(list: Array<[string, string]>): string {
	return list.map(([key, value]) => `${key} = ${value}`).join(', ');
}
