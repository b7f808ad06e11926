import { revealed } from './visible';

/** Text as it may stand in HTML. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** A value in a message, at a length a person reads, with what nobody could see made visible; never half of a character. */
export function truncate(value: string, length = 60): string {
	const text = revealed(value.length > length ? value.slice(0, 2 * length) : value);
	if (text.length <= length) return text;
	const end = /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length;
	return `${text.slice(0, end)}…`;
}

/** `1 item`, `1,000 items`. */
export function counted(number: number, one: string, many = `${one}s`): string {
	return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** 10,485,760 → "10 MB". */
export function megabytes(bytes: number): string {
	const mb = bytes / 1024 / 1024;
	return `${mb >= 10 ? Math.round(mb) : Math.round(mb * 10) / 10} MB`;
}
