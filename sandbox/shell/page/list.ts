import { Html, html, number } from './html';

export type Query = Record<string, string | undefined>;

const ROWS = 100;

export interface Page<T> {
	rows: readonly T[];
	/** "Showing 1–100 of 1,024 mailboxes". */
	words: string;
	links: Html;
}

/** One page of a list; the links keep the search that is in the address. */
export function pageOf<T>(all: readonly T[], query: Query, path: string, noun: string): Page<T> {
	const last = Math.max(1, Math.ceil(all.length / ROWS));
	const at = Math.min(Math.max(1, Math.trunc(Number(query.page)) || 1), last);
	const from = (at - 1) * ROWS;
	const rows = all.slice(from, from + ROWS);
	const link = (page: number, label: string) => {
		const fields = Object.entries({ ...query, page: page > 1 ? String(page) : '' }).filter(
			([, value]) => value,
		);
		const search = new URLSearchParams(fields as Array<[string, string]>).toString();
		return html`<a href="${path}${search ? `?${search}` : ''}">${label}</a>`;
	};
	const range = rows.length === all.length ? '' : `${number(from + 1)}–${number(from + rows.length)} of `;
	return {
		rows,
		words: `Showing ${range}${number(all.length)} ${noun}${all.length === 1 ? '' : 's'}`,
		links:
			last === 1
				? html``
				: html`<div class="pages">
						${at > 1 ? link(at - 1, '← Previous') : ''} <span>Page ${number(at)} of ${number(last)}</span>
						${at < last ? link(at + 1, 'Next →') : ''}
					</div>`,
	};
}

/** One page of a list as a table, with how many there are above it and the way to the others below. */
export function tableOf<T>(
	columns: ReadonlyArray<string | { number: string }>,
	{ rows, words, links }: Page<T>,
	row: (entry: T) => Html,
): Html {
	return html`<p class="count">${words}</p>
		<div class="card">
			<table>
				<thead>
					<tr>
						${columns.map((column) =>
							typeof column === 'string'
								? html`<th>${column}</th>`
								: html`<th class="num">${column.number}</th>`,
						)}
					</tr>
				</thead>
				<tbody>
					${rows.map((entry) => row(entry))}
				</tbody>
			</table>
		</div>
		${links}`;
}

/** A search field and select boxes above a list. They are sent as the address's query. */
export function searchForm(
	path: string,
	query: Query,
	placeholder: string,
	choices: Record<string, Array<[value: string, label: string]>> = {},
): Html {
	const selects = Object.entries(choices).map(
		([name, options]) =>
			html`<select name="${name}" aria-label="${name}">
				${options.map(
					([value, label]) =>
						html`<option value="${value}" ${value === (query[name] ?? '') ? new Html(' selected') : ''}>
							${label}
						</option>`,
				)}
			</select>`,
	);
	return html`<form class="tools" action="${path}" method="get">
		<input
			type="search"
			name="q"
			value="${query.q ?? ''}"
			placeholder="${placeholder}"
			aria-label="${placeholder}"
		/>
		${selects}<noscript><button>Search</button></noscript>
	</form>`;
}

export function empty(title: string, hint: string): Html {
	return html`<div class="card empty"><b>${title}</b>${hint}</div>`;
}

/** Whether all words of a search occur in a text. */
export function searcher(q = ''): (text: string) => boolean {
	const words = q.toLowerCase().split(/\s+/).filter(Boolean);
	return (text) => {
		const lower = text.toLowerCase();
		return words.every((word) => lower.includes(word));
	};
}
