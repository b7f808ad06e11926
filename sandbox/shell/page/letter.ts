import { mailFrame, type Picture } from './frame';
import { bytes, Html, html } from './html';
import type { Query } from './list';

/** A file of a mail. */
export interface LetterFile extends Picture {
	name: string;
	size: number;
	/** Where it can be loaded; undefined when it is not kept. */
	href?: string;
}

/** A mail as its reader would see it. */
export interface Letter {
	/** Its page: `/messages/17`. */
	href: string;
	subject: string;
	/** What stands above the text; a line without a value is left out. */
	fields: Array<[label: string, value: string]>;
	files: LetterFile[];
	html?: string | undefined;
	text?: string | undefined;
	headers: string[];
}

/** What stands above a mail, its files, and the mail itself: as HTML, on a phone, as text, or its headers. */
export function letterOf(letter: Letter, query: Query): Html {
	const { href, subject, fields, files, html: source, text, headers } = letter;
	const view = query.view ?? (source ? 'html' : 'text');
	const tab = (name: string, label: string) =>
		html`<a href="${href}?view=${name}" ${name === view ? new Html(' aria-current="true"') : ''}
			>${label}</a
		>`;
	const remote = view !== 'text' && /\s(?:src|background)\s*=\s*["']?https?:/i.test(source ?? '');
	return html`<div class="card pad">
			<h2>${subject || '(no subject)'}</h2>
			<dl>${fields.map(([label, value]) => field(label, value))}</dl>
			${
				files.length > 0
					? html`<h3>Attachments</h3>
							<div class="files">${files.map(file)}</div>`
					: ''
			}
		</div>
		<div class="views">
			${source ? html`${tab('html', 'HTML')}${tab('phone', 'HTML on a phone')}` : ''}
			${text ? tab('text', 'Text') : ''} ${tab('headers', 'Headers')}
			${remote ? html`<span class="note soft small">Pictures from the web are not loaded here.</span>` : ''}
		</div>
		<div class="card">
			${
				view === 'text' || view === 'headers'
					? html`<pre>${view === 'text' ? (text ?? '') : headers.join('\n')}</pre>`
					: mailFrame(source ?? '', files, view === 'phone')
			}
		</div>`;
}

/** A line of a record; nothing when there is no value. */
export function field(label: string, value: string): Html {
	return value === ''
		? html``
		: html`<dt>${label}</dt>
				<dd>${value}</dd>`;
}

function file({ name, size, contentType, href }: LetterFile): Html {
	const label = html`${name} <span class="soft">${bytes(size)}, ${contentType}</span>`;
	if (href === undefined) return html`<span class="file">${label} (content not kept)</span>`;
	return html`<a class="file" href="${href}" download>${label}</a>`;
}
