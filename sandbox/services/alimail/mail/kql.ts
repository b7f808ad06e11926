import { invalid } from '../errors';
import type { Message } from './mailbox';

export type Matcher = (message: Message) => boolean;

const has = (text: string | undefined, part: string): boolean =>
	(text ?? '').toLowerCase().includes(part.toLowerCase());
const isOne = (email: string, wanted: string): boolean => email.toLowerCase() === wanted.toLowerCase();

const TERMS: Record<string, (value: string) => Matcher> = {
	subject: (value) => (message) => has(message.subject, value),
	body: (value) => (message) => has(message.body.bodyText, value) || has(message.body.bodyHtml, value),
	from: (value) => (message) => has(message.from.email, value) || has(message.from.name, value),
	to: (value) => (message) =>
		message.toRecipients.some(({ email, name }) => has(email, value) || has(name, value)),
	attachname: (value) => (message) => message.attachments.some(({ name }) => has(name, value)),
	folderid: (value) => (message) => message.folderId === value,
	isread: (value) => (message) => String(message.isRead) === value,
	hasattachments: (value) => (message) => String(message.attachments.length > 0) === value,
	fromemail: (value) => (message) => isOne(message.from.email, value),
	toemail: (value) => (message) => message.toRecipients.some(({ email }) => isOne(email, value)),
};

const TOKEN = /\s*(?:(\(|\))|(AND|OR)\b|([a-zA-Z]+)\s*(>=|<=|[:=<>])\s*(?:"((?:[^"]|"")*)"|([^\s()"]+)))/gy;

interface Token {
	sign?: string;
	word?: string;
	field?: string;
	operator?: string;
	value?: string;
}

/**
 * The part of the search language that clients were seen to use: `field:value`, `date>=`, AND, OR, brackets; a quote
 * inside a quoted value is doubled. Everything else is refused.
 */
export function parseKql(query: string): Matcher {
	const tokens = tokensOf(query);
	let at = 0;
	const any = (): Matcher => {
		const parts = [all()];
		while (tokens[at]?.word === 'OR') {
			at += 1;
			parts.push(all());
		}
		return (message) => parts.some((part) => part(message));
	};
	const all = (): Matcher => {
		const parts = [one()];
		while (tokens[at]?.word === 'AND') {
			at += 1;
			parts.push(one());
		}
		return (message) => parts.every((part) => part(message));
	};
	const one = (): Matcher => {
		const token = tokens[at];
		at += 1;
		if (token?.sign === '(') {
			const inner = any();
			if (tokens[at]?.sign !== ')') throw bad(query);
			at += 1;
			return inner;
		}
		if (token?.field === undefined) throw bad(query);
		return term(token, query);
	};
	const matcher = any();
	if (at !== tokens.length) throw bad(query);
	return matcher;
}

function term({ field = '', operator = '', value = '' }: Token, query: string): Matcher {
	if (field.toLowerCase() === 'date') {
		const time = Date.parse(value);
		if (Number.isNaN(time)) throw bad(query);
		const at = ({ receivedDateTime }: Message) => Date.parse(receivedDateTime);
		if (operator === '>=') return (message) => at(message) >= time;
		if (operator === '<') return (message) => at(message) < time;
		throw bad(query);
	}
	const make = TERMS[field.toLowerCase()];
	if (make === undefined || (operator !== ':' && operator !== '=')) throw bad(query);
	return make(value);
}

function tokensOf(query: string): Token[] {
	const tokens: Token[] = [];
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < query.trimEnd().length) {
		const found = TOKEN.exec(query);
		if (found === null) throw bad(query);
		const [, sign, word, field, operator, quoted, plain] = found;
		tokens.push({
			...(sign === undefined ? {} : { sign }),
			...(word === undefined ? {} : { word }),
			...(field === undefined
				? {}
				: { field, operator: operator!, value: quoted?.replaceAll('""', '"') ?? plain! }),
		});
	}
	if (tokens.length === 0) throw bad(query);
	return tokens;
}

const bad = (query: string) => invalid(`The search cannot be read: ${query.slice(0, 100)}`, 'query');
