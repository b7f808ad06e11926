import { html, time } from '../../shell/page/html';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../shell/page/list';
import type { Shown, View } from '../../shell/standIn';
import type { StoredMail } from './sending';
import type { AokSendService } from './service';

const PATH = '/template-mails';

export const mailsView: View<AokSendService> = {
	tab: 'template-mails',
	label: 'AokSend',
	count: ({ messages }) => messages.length,
	show: mailsList,
};

/** What was sent, the newest first. */
function mailsList({ messages }: AokSendService, query: Query): Shown {
	const hit = searcher(query.q);
	const found = messages.filter((mail) => hit(wordsOf(mail))).toReversed();
	return {
		title: 'AokSend',
		live: true,
		tools: searchForm(PATH, query, 'Recipient, template, service…'),
		shown:
			messages.length === 0
				? empty('Nothing was sent yet', 'Emails of AokSend, AotSend and 蜂邮 appear here.')
				: tableOf(
						['Sent (UTC)', 'To', 'Service', 'Template or subject', 'Values', 'Attachment'],
						pageOf(found, query, PATH, 'email'),
						rowOf,
					),
	};
}

const wordsOf = ({ to, product, template, subject }: StoredMail) =>
	`${to} ${product} ${template ?? ''} ${subject ?? ''}`;

const rowOf = (mail: StoredMail) =>
	html`<tr>
		<td class="mono nowrap">${time(new Date(mail.at).toISOString())}</td>
		<td class="any">${mail.to}</td>
		<td class="small">${mail.product}</td>
		<td class="any">${mail.template ?? mail.subject ?? ''}</td>
		<td class="mono any">${mail.data ? JSON.stringify(mail.data) : ''}</td>
		<td class="small any">${mail.attachment?.name ?? ''}</td>
	</tr>`;
