import { html, number, time } from '../../../shell/page/html';
import { letterOf } from '../../../shell/page/letter';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../../shell/page/list';
import type { Shown, View } from '../../../shell/standIn';
import type { Mailbox } from '../mailbox';
import { addressOf, type Attachment, type Item, plainText, textOf } from '../records';
import type { OutlookService } from '../service';
import { bodyOf, listOf, mailboxChoices, peopleOf, personOf, recordsOf } from './words';

const TAB = '/outlook-messages';
const all = (service: OutlookService) => recordsOf(service, ({ messages }) => messages.items.values());
const oneOf = (service: OutlookService, id: string) => all(service).find(({ key }) => key === id);
const filesOf = ({ attachments }: Item): Attachment[] => [...attachments.values()];
const folderOf = (mailbox: Mailbox, { folder }: Item) => mailbox.folders.get(folder)?.name ?? folder;

export const messagesView: View<OutlookService> = {
	tab: 'outlook-messages',
	label: 'Outlook messages',
	count: (service) => all(service).length,
	show: messagesList,
	one: messagePage,
	attachment(service, id, at) {
		const found = oneOf(service, id);
		const file = found && filesOf(found.item)[at];
		return file && { name: textOf(file.props.name), content: file.content };
	},
};

function messagesList(service: OutlookService, query: Query): Shown {
	const hit = searcher(query.q);
	const rows = all(service)
		.filter(({ mailbox }) => !query.mailbox || mailbox.address === query.mailbox)
		.filter(({ item }) => !query.mailbox || !query.folder || item.folder === query.folder)
		.filter(({ mailbox, item: { props } }) =>
			hit(
				`${mailbox.address} ${textOf(props.subject)} ${personOf(props.from)} ${peopleOf(props.toRecipients)}`,
			),
		)
		.sort((a, b) => b.item.seq - a.item.seq);
	return {
		title: 'Outlook messages',
		live: true,
		tools: searchForm(TAB, query, 'Mailbox, subject, people…', {
			mailbox: mailboxChoices(service),
			...folderChoices(service, query),
		}),
		shown:
			all(service).length === 0
				? empty('The mailboxes are empty', 'Messages that come, go or wait as drafts appear here.')
				: tableOf(
						['Mailbox', 'Folder', 'From', 'Subject', 'Changed (UTC)', { number: 'Files' }],
						pageOf(rows, query, TAB, 'message'),
						({ mailbox, item, key }) =>
							html`<tr>
								<td class="any">${mailbox.address}</td>
								<td>${folderOf(mailbox, item)}</td>
								<td class="any">${addressOf(item.props.from)}</td>
								<td class="any">
									<a href="${TAB}/${encodeURIComponent(key)}"
										>${textOf(item.props.subject) || '(no subject)'}</a
									>
									${item.props.isRead === false ? html`<span class="pill">unread</span>` : ''}
									${item.props.isDraft === true ? html`<span class="pill">draft</span>` : ''}
								</td>
								<td class="mono nowrap">${time(textOf(item.props.lastModifiedDateTime))}</td>
								<td class="num">${number(item.attachments.size)}</td>
							</tr>`,
					),
	};
}

/** The folders of the mailbox that is looked at. */
function folderChoices({ directory }: OutlookService, query: Query): Record<string, Array<[string, string]>> {
	const mailbox = directory.opened.find(({ address }) => address === query.mailbox);
	if (mailbox === undefined) return {};
	const folders = [...mailbox.folders.values()].map(({ id, name }): [string, string] => [
		id,
		`${name} (${number(mailbox.messages.in(id).length)})`,
	]);
	return { folder: [['', 'All folders'], ...folders] };
}

/** One message as its reader would see it. */
function messagePage(service: OutlookService, id: string, query: Query): Shown | undefined {
	const found = oneOf(service, id);
	if (found === undefined) return undefined;
	const { mailbox, item } = found;
	const { props } = item;
	const body = bodyOf(props.body);
	const headers = (props.internetMessageHeaders as Array<{ name: string; value: string }> | undefined) ?? [];
	const at = (name: string) => (textOf(props[name]) === '' ? '' : `${time(textOf(props[name]))} UTC`);
	const { flagStatus } = (props.flag as { flagStatus?: string } | undefined) ?? {};
	return {
		title: textOf(props.subject) || 'Message',
		live: false,
		shown: letterOf(
			{
				href: `${TAB}/${encodeURIComponent(id)}`,
				subject: textOf(props.subject),
				fields: [
					['From', personOf(props.from)],
					['To', peopleOf(props.toRecipients)],
					['Cc', peopleOf(props.ccRecipients)],
					['Bcc', peopleOf(props.bccRecipients)],
					['Reply-To', peopleOf(props.replyTo)],
					['Received', at('receivedDateTime')],
					['Mailbox', `${mailbox.address} / ${folderOf(mailbox, item)}`],
					['Importance', props.importance === 'normal' ? '' : textOf(props.importance)],
					['Categories', listOf(props.categories)],
					['Flag', flagStatus === 'notFlagged' ? '' : textOf(flagStatus)],
				],
				files: filesOf(item).map(({ props: file, content }, place) => ({
					name: textOf(file.name),
					size: content.length,
					contentType: textOf(file.contentType),
					contentId: textOf(file.contentId),
					content: content.toString('base64'),
					href: `${TAB}/${encodeURIComponent(id)}/attachments/${place}`,
				})),
				...body,
				...(body.html === undefined ? {} : { text: plainText(body.html) }),
				headers: [
					`Message-ID: ${textOf(props.internetMessageId)}`,
					...headers.map(({ name, value }) => `${name}: ${value}`),
				],
			},
			query,
		),
	};
}
