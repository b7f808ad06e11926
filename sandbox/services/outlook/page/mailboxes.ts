import { html, number } from '../../../shell/page/html';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../../shell/page/list';
import type { Shown, View } from '../../../shell/standIn';
import type { Folder, Mailbox } from '../mailbox';
import type { OutlookService } from '../service';
import { mailboxChoices } from './words';

const TAB = '/outlook-mailboxes';

/** A mailbox's folders with their depth, as a person sees them. */
const treeOf = (
	mailbox: Mailbox,
	parent = 'msgfolderroot',
	depth = 0,
): Array<{ folder: Folder; depth: number }> =>
	mailbox
		.childrenOf(parent)
		.flatMap((folder) => [{ folder, depth }, ...treeOf(mailbox, folder.id, depth + 1)]);

export const mailboxesView: View<OutlookService> = {
	tab: 'outlook-mailboxes',
	label: 'Outlook mailboxes',
	count: ({ directory }) => directory.opened.length,
	show(service, query: Query): Shown {
		const hit = searcher(query.q);
		const rows = service.directory.opened
			.filter(({ address }) => !query.mailbox || address === query.mailbox)
			.flatMap((mailbox) => treeOf(mailbox).map((one) => ({ mailbox, ...one })))
			.filter(({ mailbox, folder }) => hit(`${mailbox.address} ${folder.name}`));
		return {
			title: 'Outlook mailboxes',
			live: true,
			tools: searchForm(TAB, query, 'Mailbox, folder…', { mailbox: mailboxChoices(service) }),
			shown:
				service.directory.opened.length === 0
					? empty('No mailbox was looked into yet', 'Each appears here with its folders as soon as one is.')
					: tableOf(
							['Mailbox', 'Folder', { number: 'Unread' }, { number: 'Messages' }],
							pageOf(rows, query, TAB, 'folder'),
							({ mailbox, folder, depth }) => {
								const messages = mailbox.messages.in(folder.id);
								const search = new URLSearchParams({ mailbox: mailbox.address, folder: folder.id });
								return html`<tr>
									<td class="any">${mailbox.address}</td>
									<td class="any">
										${'\u2003'.repeat(depth)}<a href="/outlook-messages?${search.toString()}"
											>${folder.name}</a
										>
										${folder.isHidden ? html`<span class="pill">hidden</span>` : ''}
									</td>
									<td class="num">${number(messages.filter(({ props }) => props.isRead !== true).length)}</td>
									<td class="num">${number(messages.length)}</td>
								</tr>`;
							},
						),
		};
	},
};
