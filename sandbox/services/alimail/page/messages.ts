import { html, number, time } from '../../../shell/page/html';
import { letterOf } from '../../../shell/page/letter';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../../shell/page/list';
import type { Shown, View } from '../../../shell/standIn';
import type { Mailbox, Message, Person } from '../mail/mailbox';
import type { AlimailService } from '../service';

const TAB = '/alimail-messages';

const all = ({ post }: AlimailService): Array<{ mailbox: Mailbox; message: Message; key: string }> =>
	post.opened.flatMap((mailbox) =>
		[...mailbox.messages.values()].map((message) => ({
			mailbox,
			message,
			key: `${mailbox.address}-${message.id}`,
		})),
	);
const oneOf = (service: AlimailService, id: string) => all(service).find(({ key }) => key === id);
const folderOf = ({ folders }: Mailbox, { folderId }: Message) =>
	folders.get(folderId)?.displayName ?? folderId;
const person = ({ name, email }: Person): string => (name ? `${name} <${email}>` : email);
const people = (list: Person[]): string => list.map(person).join(', ');

export const messagesView: View<AlimailService> = {
	tab: 'alimail-messages',
	label: 'Alimail messages',
	count: (service) => all(service).length,
	show: messagesList,
	one: messagePage,
	attachment(service, id, at) {
		return oneOf(service, id)?.message.attachments[at];
	},
};

/** The mail of all accounts, newest first; by account and by folder. */
function messagesList(service: AlimailService, query: Query): Shown {
	const hit = searcher(query.q);
	const { opened } = service.post;
	const of = opened.filter(({ address }) => address === query.mailbox);
	const rows = all(service)
		.filter(({ mailbox }) => !query.mailbox || mailbox.address === query.mailbox)
		.filter(({ message }) => of.length === 0 || !query.folder || message.folderId === query.folder)
		.filter(({ mailbox, message }) =>
			hit(`${mailbox.address} ${message.subject} ${person(message.from)} ${people(message.toRecipients)}`),
		)
		.sort((a, b) => b.message.receivedDateTime.localeCompare(a.message.receivedDateTime));
	return {
		title: 'Alimail messages',
		live: true,
		tools: searchForm(TAB, query, 'Account, subject, people…', {
			mailbox: [['', 'All accounts'], ...opened.map(({ address }): [string, string] => [address, address])],
			...(of.length === 0
				? {}
				: {
						folder: [
							['', 'All folders'] as [string, string],
							...of.flatMap((mailbox) =>
								[...mailbox.folders.values()].map(({ id, displayName }): [string, string] => [
									id,
									`${displayName} (${number(mailbox.in(id).length)})`,
								]),
							),
						],
					}),
		}),
		shown:
			all(service).length === 0
				? empty(
						'No mail yet',
						'Messages that come, are sent or wait as drafts appear here. Nothing is delivered outside.',
					)
				: tableOf(
						['Account', 'Folder', 'From', 'Subject', 'Received (UTC)', { number: 'Files' }],
						pageOf(rows, query, TAB, 'message'),
						({ mailbox, message, key }) =>
							html`<tr>
								<td class="any">${mailbox.address}</td>
								<td>${folderOf(mailbox, message)}</td>
								<td class="any">${person(message.from)}</td>
								<td class="any">
									<a href="${TAB}/${encodeURIComponent(key)}">${message.subject || '(no subject)'}</a>
									${message.isRead ? '' : html`<span class="pill">unread</span>`}
								</td>
								<td class="mono nowrap">${time(message.receivedDateTime)}</td>
								<td class="num">${number(message.attachments.length)}</td>
							</tr>`,
					),
	};
}

/** One message as its reader would see it. */
function messagePage(service: AlimailService, id: string, query: Query): Shown | undefined {
	const found = oneOf(service, id);
	if (found === undefined) return undefined;
	const { mailbox, message } = found;
	const href = `${TAB}/${encodeURIComponent(id)}`;
	return {
		title: message.subject || 'Message',
		live: false,
		shown: letterOf(
			{
				href,
				subject: message.subject,
				fields: [
					['From', person(message.from)],
					['To', people(message.toRecipients)],
					['Cc', people(message.ccRecipients)],
					['Bcc', people(message.bccRecipients)],
					['Reply-To', people(message.replyTo)],
					['Received', `${time(message.receivedDateTime)} UTC`],
					['Account', `${mailbox.address} / ${folderOf(mailbox, message)}`],
					['Tags', message.tags.join(', ')],
				],
				files: message.attachments.map(({ name, contentId, content, extHeaders }, at) => ({
					name,
					size: content.length,
					contentType: extHeaders['Content-Type'] ?? 'application/octet-stream',
					contentId,
					content: content.toString('base64'),
					href: `${href}/attachments/${at}`,
				})),
				html: message.body.bodyHtml,
				text: message.body.bodyText,
				headers: [
					`Message-ID: ${message.internetMessageId ?? ''}`,
					...Object.entries(message.internetMessageHeaders).map(([name, value]) => `${name}: ${value}`),
				],
			},
			query,
		),
	};
}
