import { html } from '../../../shell/page/html';
import { field } from '../../../shell/page/letter';
import { empty, pageOf, type Query, searchForm, searcher, tableOf } from '../../../shell/page/list';
import type { Shown, View } from '../../../shell/standIn';
import type { Mailbox } from '../mailbox';
import { type Item, type Props, textOf } from '../records';
import type { OutlookService } from '../service';
import { mailboxChoices, recordsOf } from './words';

const TAB = '/outlook-contacts';
const all = (service: OutlookService) => recordsOf(service, ({ contacts }) => contacts.items.values());
const nameOf = ({ displayName, givenName, surname }: Props): string =>
	textOf(displayName) || [textOf(givenName), textOf(surname)].filter(Boolean).join(' ') || '(no name)';
const addressesOf = ({ emailAddresses }: Props): string =>
	((emailAddresses as Array<{ address?: string }> | undefined) ?? [])
		.map(({ address }) => address ?? '')
		.join(', ');
const folderOf = ({ kinds }: Mailbox, { folder }: Item) =>
	folder === '' ? 'Contacts' : textOf(kinds.contactFolder.items.get(folder)?.props.displayName) || folder;

export const contactsView: View<OutlookService> = {
	tab: 'outlook-contacts',
	label: 'Outlook contacts',
	count: (service) => all(service).length,
	show(service, query: Query): Shown {
		const hit = searcher(query.q);
		const rows = all(service)
			.filter(({ mailbox }) => !query.mailbox || mailbox.address === query.mailbox)
			.filter(({ mailbox, item: { props } }) =>
				hit(`${mailbox.address} ${nameOf(props)} ${addressesOf(props)} ${textOf(props.companyName)}`),
			)
			.sort((a, b) => nameOf(a.item.props).localeCompare(nameOf(b.item.props)));
		return {
			title: 'Outlook contacts',
			live: true,
			tools: searchForm(TAB, query, 'Name, address, company…', { mailbox: mailboxChoices(service) }),
			shown:
				all(service).length === 0
					? empty('No contacts yet', 'Contacts that are made or changed appear here.')
					: tableOf(
							['Name', 'Addresses', 'Company', 'Job title', 'Folder', 'Mailbox'],
							pageOf(rows, query, TAB, 'contact'),
							({ mailbox, item, key }) =>
								html`<tr>
									<td class="any"><a href="${TAB}/${encodeURIComponent(key)}">${nameOf(item.props)}</a></td>
									<td class="any">${addressesOf(item.props)}</td>
									<td class="any">${textOf(item.props.companyName)}</td>
									<td class="any">${textOf(item.props.jobTitle)}</td>
									<td>${folderOf(mailbox, item)}</td>
									<td class="any">${mailbox.address}</td>
								</tr>`,
						),
		};
	},
	one(service, id): Shown | undefined {
		const found = all(service).find(({ key }) => key === id);
		if (found === undefined) return undefined;
		const { mailbox, item } = found;
		const shown = Object.entries(item.props).filter(([name]) => name !== 'singleValueExtendedProperties');
		return {
			title: nameOf(item.props),
			live: true,
			shown: html`<div class="card pad">
				<h2>${nameOf(item.props)}</h2>
				<dl>
					${field('Mailbox', `${mailbox.address} / ${folderOf(mailbox, item)}`)}
					${shown.map(([name, value]) => field(name, wordsOf(value)))}
				</dl>
			</div>`,
		};
	},
};

/** A value as a person reads it: lists and parts without their brackets. */
function wordsOf(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join('; ');
	if (typeof value !== 'object') return String(value);
	return Object.values(value).map(wordsOf).filter(Boolean).join(', ');
}
