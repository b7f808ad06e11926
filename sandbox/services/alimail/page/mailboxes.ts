import type { AlimailService } from '../service';
import type { User } from '../records';
import { showUser, USER_FIELDS } from '../views';
import { type Html, html, number, time } from '../../../shell/page/html';
import type { Shown, View } from '../../../shell/standIn';
import { type Query, empty, pageOf, searchForm, searcher } from '../../../shell/page/list';

export const mailboxesView: View<AlimailService> = {
	tab: 'mailboxes',
	label: 'Mailboxes',
	count: ({ directory }) => directory.users.size,
	show: mailboxesList,
	one: mailboxPage,
};

/** Every account, searchable by anything that is shown. */
function mailboxesList(alimail: AlimailService, query: Query): Shown {
	const { directory } = alimail;
	const hit = searcher(query.q);
	const within = query.department ? directory.subtree(query.department) : undefined;
	const found = alimail
		.users()
		.filter((user) => !query.status || user.status === query.status)
		.filter((user) => !within || user.departmentIds.some((id) => within.has(id)))
		.filter((user) => !query.q || hit(wordsOf(user, alimail)));
	const { rows, words, links } = pageOf(found, query, '/mailboxes', 'mailbox');
	const shownWords = words.replace(/mailboxs$/, 'mailboxes');
	return {
		title: 'Mailboxes',
		live: true,
		tools: searchForm('/mailboxes', query, 'Name, address, number, department…', {
			status: [
				['', 'Active and frozen'],
				['NORMAL', 'Active'],
				['FREEZE', 'Frozen'],
			],
			...(query.department
				? {
						department: [
							[query.department, `In ${directory.pathOf(query.department).join(' / ') || 'the root'}`],
							['', 'In any department'],
						],
					}
				: {}),
		}),
		shown:
			directory.users.size === 0
				? empty(
						'No mailboxes yet',
						'Run a sync against this sandbox, or put in a sample company under Faults.',
					)
				: html`<p class="count">${shownWords}</p>
						<div class="card">
							<table>
								<thead>
									<tr>
										<th>Name</th>
										<th>Address</th>
										<th>No.</th>
										<th>Job title</th>
										<th>Department</th>
										<th>Manager</th>
										<th>Status</th>
									</tr>
								</thead>
								<tbody>
									${rows.map((user) => row(user, alimail))}
								</tbody>
							</table>
						</div>
						${links}`,
	};
}

function wordsOf(user: User, alimail: AlimailService): string {
	const manager = alimail.directory.users.get(user.managerId ?? '');
	return [
		user.name,
		user.email,
		...user.emailAliases,
		user.employeeNo,
		user.jobTitle,
		...alimail.pathsOf(user),
		manager?.name,
		manager?.email,
	].join(' ');
}

function row(user: User, alimail: AlimailService): Html {
	const manager = alimail.directory.users.get(user.managerId ?? '');
	return html`<tr>
		<td class="any"><a href="/mailboxes/${encodeURIComponent(user.id)}">${user.name}</a></td>
		<td class="small">
			${user.email}${user.emailAliases.map((alias) => html`<br /><span class="soft">${alias}</span>`)}
		</td>
		<td class="mono">${user.employeeNo ?? ''}</td>
		<td>${user.jobTitle ?? ''}</td>
		<td class="small">
			${alimail.pathsOf(user).map((path) => html`${path.replaceAll('/', ' / ') || '(root)'}<br />`)}
		</td>
		<td class="small">${manager ? html`${manager.name}` : ''}</td>
		<td>${statusPill(user)}</td>
	</tr>`;
}

function statusPill(user: User): Html {
	if (user.status === 'NORMAL') return html`<span class="pill ok">Active</span>`;
	return html`<span class="pill warn" title="${user.freezedTime ?? ''}">Frozen</span>`;
}

/** One account with every field the service would show. */
function mailboxPage(alimail: AlimailService, id: string): Shown | undefined {
	const user = alimail.user(id);
	if (!user) return undefined;
	const fields = showUser(user, alimail.directory, [...USER_FIELDS]);
	const reports = [...alimail.directory.reports.of(user.id)].flatMap((one) => alimail.user(one) ?? []);
	return {
		title: user.name,
		live: true,
		shown: html`<div class="card pad">
			<h2>${user.name} ${statusPill(user)}</h2>
			<dl>
				<dt>Departments</dt>
				<dd>${alimail.pathsOf(user).join(', ') || '(root)'}</dd>
				${Object.entries(fields).map(
					([field, value]) =>
						html`<dt>${field}</dt>
							<dd>${words(value)}</dd>`,
				)}
				<dt>Reports</dt>
				<dd>
					${number(reports.length)}${reports
						.slice(0, 20)
						.map((one) => html` · <a href="/mailboxes/${encodeURIComponent(one.id)}">${one.name}</a>`)}
				</dd>
			</dl>
		</div>`,
	};
}

function words(value: unknown): string {
	if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return `${time(value)} UTC`;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
