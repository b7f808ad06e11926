import type { Open, StoredMessage } from './records';

/** With what and from where a message is opened or a link clicked. */
export interface Visit {
	platform?: Open['Platform'] | undefined;
	userAgent?: string | undefined;
	client?: Partial<Open['Client']>;
	os?: Partial<Open['OS']>;
	geo?: Record<string, string>;
	/** Of opens only. */
	readSeconds?: number | undefined;
}

const DESKTOP =
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

/** The fields an open and a click have in common. */
export function visitOf(message: StoredMessage, stream: string, email: string, visit: Visit) {
	return {
		Client: { Name: 'Chrome 126.0', Company: 'Google', Family: 'Chrome', ...visit.client },
		OS: { Name: 'Windows 10', Company: 'Microsoft Corporation', Family: 'Windows', ...visit.os },
		Platform: visit.platform ?? ('Desktop' as const),
		UserAgent: visit.userAgent ?? DESKTOP,
		Geo: visit.geo ?? {
			CountryISOCode: 'CN',
			Country: 'China',
			RegionISOCode: 'ZJ',
			Region: 'Zhejiang',
			City: 'Hangzhou',
			Zip: '310000',
			Coords: '30.2741,120.1551',
			IP: '192.0.2.10',
		},
		MessageID: message.id,
		MessageStream: stream,
		ReceivedAt: new Date().toISOString(),
		Tag: message.tag ?? '',
		Recipient: email,
	};
}

/** The links that are tracked: by TrackLinks, in the HTML, the text or both. */
export function linksIn({
	html = '',
	text = '',
	trackLinks,
}: StoredMessage): Array<{ url: string; location: 'HTML' | 'Text' }> {
	const inHtml =
		trackLinks === 'TextOnly' ? [] : [...html.matchAll(/\bhref\s*=\s*["'](https?:[^"']+)["']/gi)];
	const inText = trackLinks === 'HtmlOnly' ? [] : [...text.matchAll(/https?:\/\/[^\s<>"')\]]+/gi)];
	return [
		...inHtml.map(([, url = '']) => ({ url: url.replaceAll('&amp;', '&'), location: 'HTML' as const })),
		...inText.map(([url]) => ({ url, location: 'Text' as const })),
	];
}
