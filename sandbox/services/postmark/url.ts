import { PostmarkError } from './errors';

/** What is wrong with what should be the address of a web server. */
export function wrongUrl(url: string): string | undefined {
	return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? undefined : 'is not a valid URL';
}

/** @throws 606 for anything but the address of a web server. */
export function checkUrl(url: string, field: string): void {
	const wrong = wrongUrl(url);
	if (wrong) throw new PostmarkError(606, `The field '${field}' ${wrong}.`);
}
