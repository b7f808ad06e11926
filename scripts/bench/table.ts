export interface Row {
	what: string;
	ours: string;
	/** What another one needed for the same in the same run. */
	peer?: string;
	ratio?: string;
	target?: string;
	ok?: boolean;
}

/** The figures as a Markdown table. */
export function table(rows: Row[]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [
		line(['What', 'MailOps', 'Peer', 'Ratio', 'Target', '']),
		line(['---', '---', '---', '---', '---', '---']),
		...rows.map(({ what, ours, peer = '', ratio = '', target = '', ok }) =>
			line([what, ours, peer, ratio, target, ok === undefined ? '' : ok ? 'reached' : 'MISSED']),
		),
	].join('\n');
}
