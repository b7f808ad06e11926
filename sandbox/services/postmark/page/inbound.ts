import type { PostmarkService } from '../service';
import type { InboundMessage } from '../inboundRecords';
import { mailFrame } from '../../../shell/page/frame';
import { Html, bytes, html, time } from '../../../shell/page/html';
import type { Shown, View } from '../../../shell/standIn';
import { type Query, empty, pageOf, searchForm, searcher, tableOf } from '../../../shell/page/list';
import { field } from '../../../shell/page/letter';

export const inboundView: View<PostmarkService> = {
	tab: 'inbound',
	label: 'Inbound',
	count: ({ servers }) => servers.reduce((sum, { inbound }) => sum + inbound.size, 0),
	show: inboundList,
	one: inboundMessagePage,
};

const COLOR: Record<InboundMessage['status'], string> = {
	Queued: 'warn',
	Scheduled: 'warn',
	Processed: 'ok',
	Blocked: 'bad',
	Failed: 'bad',
};

/** The mail that came in, newest first. */
function inboundList(postmark: PostmarkService, query: Query): Shown {
	const hit = searcher(query.q);
	const all = postmark.servers.flatMap(({ inbound }) => [...inbound.values()]).sort((a, b) => b.at - a.at);
	const found = all.filter(
		({ payload, status }) =>
			(!query.status || status === query.status) &&
			hit(`${payload.From} ${payload.FromName} ${payload.To} ${payload.Subject} ${payload.MailboxHash}`),
	);
	const page = pageOf(found, query, '/inbound', 'mail');
	const example = JSON.stringify({
		event: 'receive',
		from: 'Anna <anna@example.org>',
		subject: 'Hello',
		text: 'Hi!',
	});
	return {
		title: 'Inbound',
		live: true,
		tools: searchForm('/inbound', query, 'Sender, recipient, subject…', {
			status: [['', 'Every status'], ...Object.keys(COLOR).map((one): [string, string] => [one, one])],
		}),
		shown: html`${
				all.length === 0
					? empty('No mail has come in', 'Let one come in with the button below, or from a terminal.')
					: tableOf(['Time (UTC)', 'From', 'To', 'Subject', 'Status'], page, row)
			}
			<h3>Let a mail come in</h3>
			<div class="presets">
				<button data-send="POST /_sandbox/postmark/events" data-body="${example}">A mail from Anna</button>
			</div>
			<h3>Any other, from a terminal</h3>
			<div class="card">
				<pre>
curl ${new URL(postmark.url).origin}/_sandbox/postmark/events -H 'content-type: application/json' -d '${example}'</pre>
			</div>`,
	};
}

function row({ payload, status, at }: InboundMessage): Html {
	const files = payload.Attachments.length;
	return html`<tr>
		<td class="mono nowrap">${time(at)}</td>
		<td class="small any">${payload.FromName || payload.From}</td>
		<td class="small any">${payload.To}</td>
		<td class="any">
			<a href="/inbound/${payload.MessageID}">${payload.Subject || '(no subject)'}</a>
			${files > 0 ? html`<span class="pill">${files} file${files > 1 ? 's' : ''}</span>` : ''}
		</td>
		<td><span class="pill ${COLOR[status]}">${status}</span></td>
	</tr>`;
}

function inboundMessagePage(postmark: PostmarkService, id: string, query: Query): Shown | undefined {
	const found = postmark.servers
		.map(({ inbound }) => inbound.get(id))
		.find((message) => message !== undefined);
	if (!found) return undefined;
	const { payload, status, blockedReason, at } = found;
	const view = query.view ?? (payload.HtmlBody ? 'html' : 'text');
	const tab = (name: string, label: string) =>
		html`<a href="/inbound/${id}?view=${name}" ${name === view ? new Html(' aria-current="true"') : ''}
			>${label}</a
		>`;
	const pictures = payload.Attachments.map(({ Name, ContentType, ContentID, ContentLength, Content }) => ({
		name: Name,
		contentType: ContentType,
		contentId: ContentID,
		size: ContentLength,
		content: Content,
	}));
	const headers = payload.Headers.map(({ Name, Value }) => `${Name}: ${Value}`).join('\n');
	const text = { text: payload.TextBody, reply: payload.StrippedTextReply, headers }[view] ?? '';
	return {
		title: payload.Subject || 'Mail',
		live: false,
		shown: html`<div class="card pad">
				<h2>${payload.Subject || '(no subject)'}</h2>
				<dl>
					${field('From', payload.FromName ? `${payload.FromName} <${payload.From}>` : payload.From)}
					${field('To', payload.To)} ${field('Cc', payload.Cc)} ${field('Reply-To', payload.ReplyTo)}
					${field('Mailbox hash', payload.MailboxHash)} ${field('Came in', `${time(at)} UTC`)}
					${field('Status', status)} ${field('Blocked by', blockedReason)}
					${field('Files', payload.Attachments.map(({ Name, ContentLength }) => `${Name} (${bytes(ContentLength)})`).join(', '))}
					${field('Message ID', payload.MessageID)}
				</dl>
			</div>
			<div class="views">
				${payload.HtmlBody ? tab('html', 'HTML') : ''} ${tab('text', 'Text')}
				${payload.StrippedTextReply ? tab('reply', 'Reply only') : ''} ${tab('headers', 'Headers')}
			</div>
			<div class="card">
				${view === 'html' ? mailFrame(payload.HtmlBody, pictures) : html`<pre>${text}</pre>`}
			</div>`,
	};
}
