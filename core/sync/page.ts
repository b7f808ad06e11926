/** A part of a report: what it is about, and lines of one or two columns. */
export interface Section {
	title: string;
	rows: Array<[string, string?]>;
}

const CELL = 'padding:4px 16px 4px 0;border-bottom:1px solid #e5e5e5;text-align:left;vertical-align:top';
const FONT = 'font-family:Arial,Helvetica,sans-serif;font-size:14px;color:#222222';

/** The report as plain text, lines ended by LF. */
export function toText(title: string, headline: string, sections: Section[]): string {
	const parts = sections.map(
		({ title: name, rows }) =>
			`${name}\n${rows.map(([left, right]) => `- ${left}${right ? `${/[.!?]$/.test(left) ? '' : ':'} ${right}` : ''}`).join('\n')}`,
	);
	return [`${title}\n${headline}`, ...parts].join('\n\n') + '\n';
}

/** The report as HTML for a mail body: tables with inline styles, no scripts, no outside resources, all text escaped. */
export function toHtml(title: string, headline: string, sections: Section[]): string {
	const parts = sections.map(({ title: name, rows }) => {
		const lines = rows.map(([left, right]) =>
			right === undefined
				? `<tr><td style="${CELL}" colspan="2">${escape(left)}</td></tr>`
				: `<tr><td style="${CELL}">${escape(left)}</td><td style="${CELL}">${escape(right)}</td></tr>`,
		);
		const heading = `<h3 style="margin:20px 0 6px;font-size:15px">${escape(name)}</h3>`;
		return `${heading}\n<table style="border-collapse:collapse;${FONT}">\n${lines.join('\n')}\n</table>`;
	});
	return [
		`<div style="${FONT}">`,
		`<h2 style="margin:0 0 8px;font-size:18px">${escape(title)}</h2>`,
		`<p style="margin:0 0 8px">${escape(headline)}</p>`,
		...parts,
		'</div>\n',
	].join('\n');
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
}
