import { html, number, time } from '../../shell/page/html';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../shell/page/list';
import type { Shown, View } from '../../shell/standIn';
import type { SendPulseService } from './service';

export const listsView: View<SendPulseService> = {
	tab: 'mailing-lists',
	label: 'SendPulse lists',
	count: ({ account }) => account.lists.size,
	show({ account }, query: Query): Shown {
		const hit = searcher(query.q);
		const all = [...account.lists.values()];
		const found = all.filter(({ name, id }) => hit(`${name} ${id}`));
		return {
			title: 'SendPulse lists',
			live: true,
			tools: searchForm('/mailing-lists', query, 'Name or ID…'),
			shown:
				all.length === 0
					? empty('There is no mailing list yet', 'Lists and how many contacts they have appear here.')
					: tableOf(
							['ID', 'Name', { number: 'Contacts' }, { number: 'Unsubscribed' }],
							pageOf(found, query, '/mailing-lists', 'list'),
							({ id, name, contacts }) =>
								html`<tr>
									<td class="mono">${id}</td>
									<td class="any">${name}</td>
									<td class="num">${number(contacts.size)}</td>
									<td class="num">
										${number([...contacts.values()].filter(({ status }) => status === 3).length)}
									</td>
								</tr>`,
						),
		};
	},
};

export const emailsView: View<SendPulseService> = {
	tab: 'smtp-emails',
	label: 'SendPulse emails',
	count: ({ account }) => account.emails.length,
	show({ account }, query: Query): Shown {
		const hit = searcher(query.q);
		const found = account.emails
			.filter(({ to, subject }) => hit(`${to.map(({ email }) => email).join(' ')} ${subject}`))
			.toReversed();
		return {
			title: 'SendPulse emails',
			live: true,
			tools: searchForm('/smtp-emails', query, 'Recipient, subject…'),
			shown:
				account.emails.length === 0
					? empty('Nothing was sent yet', 'Emails of the SMTP service appear here.')
					: tableOf(
							['Sent (UTC)', 'To', 'From', 'Subject', { number: 'Files' }],
							pageOf(found, query, '/smtp-emails', 'email'),
							({ at, to, from, subject, attachments }) =>
								html`<tr>
									<td class="mono nowrap">${time(new Date(at).toISOString())}</td>
									<td class="any">${to.map(({ email }) => email).join(', ')}</td>
									<td class="any">${from.email}</td>
									<td class="any">${subject}</td>
									<td class="num">${number(attachments.length)}</td>
								</tr>`,
						),
		};
	},
};
