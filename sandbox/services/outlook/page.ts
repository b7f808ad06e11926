import { html, number, time } from '../../shell/page/html';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../shell/page/list';
import type { Shown, View } from '../../shell/standIn';
import type { Mailbox } from './mailbox';
import { addressOf, type Item, textOf } from './records';
import type { OutlookService } from './service';

const all = ({ directory }: OutlookService): Array<{ mailbox: Mailbox; item: Item }> =>
	directory.opened.flatMap((mailbox) =>
		[...mailbox.messages.items.values()].map((item) => ({ mailbox, item })),
	);

export const messagesView: View<OutlookService> = {
	tab: 'outlook-messages',
	label: 'Outlook messages',
	count: (service) => all(service).length,
	show(service, query: Query): Shown {
		const hit = searcher(query.q);
		const rows = all(service)
			.filter(({ mailbox, item: { props } }) =>
				hit(`${mailbox.address} ${textOf(props.subject)} ${addressOf(props.from)}`),
			)
			.sort((a, b) => b.item.seq - a.item.seq);
		return {
			title: 'Outlook messages',
			live: true,
			tools: searchForm('/outlook-messages', query, 'Mailbox, subject, sender…'),
			shown:
				all(service).length === 0
					? empty('The mailboxes are empty', 'Messages that come, go or wait as drafts appear here.')
					: tableOf(
							['Mailbox', 'Folder', 'From', 'Subject', 'Changed (UTC)', { number: 'Files' }],
							pageOf(rows, query, '/outlook-messages', 'message'),
							({ mailbox, item }) =>
								html`<tr>
									<td class="any">${mailbox.address}</td>
									<td>${mailbox.folders.get(item.folder)?.name ?? item.folder}</td>
									<td class="any">${addressOf(item.props.from)}</td>
									<td class="any">${textOf(item.props.subject)}</td>
									<td class="mono nowrap">${time(textOf(item.props.lastModifiedDateTime))}</td>
									<td class="num">${number(item.attachments.size)}</td>
								</tr>`,
						),
		};
	},
};
