import type { AlimailService } from '../service';
import type { Department } from '../records';
import { type Html, html, number } from '../../../shell/page/html';
import type { Shown, View } from '../../../shell/standIn';

export const departmentsView: View<AlimailService> = {
	tab: 'departments',
	label: 'Departments',
	count: ({ directory }) => directory.departments.size - 1,
	show: departmentsList,
};

const MOST = 2000;

/** The tree of departments with the accounts in each and below it. */
function departmentsList(alimail: AlimailService): Shown {
	const { directory } = alimail;
	let shown = 0;
	const below = (id: string): number => {
		let sum = 0;
		for (const one of directory.subtree(id)) sum += directory.members.of(one).size;
		return sum;
	};
	const node = (department: Department): Html => {
		shown += 1;
		if (shown > MOST) return html``;
		const children = [...directory.children.of(department.id)].flatMap(
			(id) => directory.departments.get(id) ?? [],
		);
		const direct = directory.members.of(department.id).size;
		const all = children.length > 0 ? below(department.id) : direct;
		const label = html`<a href="/mailboxes?department=${encodeURIComponent(department.id)}"
				>${department.name}</a
			>
			<span class="pill">${number(all)}</span>
			${children.length > 0 && direct > 0 ? html`<span class="soft small">${number(direct)} directly</span>` : ''}
			${department.isHidden ? html`<span class="pill warn">hidden</span>` : ''}`;
		if (children.length === 0) return html`<li><div class="leaf">${label}</div></li>`;
		return html`<li>
			<details open data-id="${department.id}">
				<summary>${label}</summary>
				<ul>
					${children.map(node)}
				</ul>
			</details>
		</li>`;
	};
	const tree = html`<div class="card pad tree">
		<ul>
			${node(directory.root)}
		</ul>
	</div>`;
	const total = directory.departments.size;
	return {
		title: 'Departments',
		live: true,
		shown: html`<p class="count">
				Showing ${shown > MOST ? `${number(MOST)} of ` : ''}${number(total - 1)} departments below the root;
				the number is the mailboxes in and below each
			</p>
			${tree}`,
	};
}
