import { invalid } from '../errors';
import { FLAG, NOTE, type Rules, readBody } from '../fields';
import type { Mailbox, Person, Written } from './mailbox';

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/;

const SIMPLE: Rules = {
	internetMessageId: NOTE,
	subject: NOTE,
	summary: NOTE,
	priority: { type: 'enum', values: ['PRY_LOW', 'PRY_NORMAL', 'PRY_HIGH'] },
	isReadReceiptRequested: FLAG,
	tags: { type: 'texts', max: 100 },
};
const LISTS = ['toRecipients', 'ccRecipients', 'bccRecipients', 'replyTo'] as const;

/** `{ message: {…} }` of a new draft, every field checked. @throws 400 that names the field */
export function readWritten(given: unknown, mailbox: Mailbox, ownAddresses: string[]): Written {
	const outer = objectOf(given, 'body');
	const unknown = Object.keys(outer).find((key) => key !== 'message');
	if (unknown) throw invalid(`Unknown field "${unknown}".`, unknown);
	const message = objectOf(outer.message, 'message');
	const { from, body, internetMessageHeaders, ...rest } = message;
	const simple: Record<string, unknown> = { ...rest };
	const lists: Record<string, Person[]> = {};
	for (const name of LISTS) {
		lists[name] = people(simple[name], name);
		delete simple[name];
	}
	const plain = readBody(simple, SIMPLE);
	const sender = from === undefined ? { email: mailbox.address } : person(from, 'from');
	if (!ownAddresses.includes(sender.email.toLowerCase()))
		throw invalid(`"${sender.email}" is not an address of this mailbox.`, 'from');
	return {
		subject: '',
		priority: 'PRY_NORMAL',
		isReadReceiptRequested: false,
		tags: [],
		...(plain as Partial<Written>),
		...(lists as unknown as Pick<Written, (typeof LISTS)[number]>),
		from: sender,
		body: bodies(body),
		internetMessageHeaders: texts(internetMessageHeaders, 'internetMessageHeaders'),
	};
}

/** A map from text to text. */
export function texts(given: unknown, field: string): Record<string, string> {
	if (given === undefined) return {};
	const map = objectOf(given, field);
	for (const [name, value] of Object.entries(map)) {
		if (typeof value !== 'string') throw invalid(`"${field}.${name}" must be a text.`, field);
		if (/[\r\n]/.test(`${name}${value}`)) throw invalid(`"${field}.${name}" must be one line.`, field);
	}
	return map as Record<string, string>;
}

function bodies(given: unknown): Written['body'] {
	if (given === undefined) return {};
	const body = objectOf(given, 'body');
	for (const [name, value] of Object.entries(body)) {
		if (name !== 'bodyText' && name !== 'bodyHtml') throw invalid(`Unknown field "body.${name}".`, 'body');
		if (typeof value !== 'string') throw invalid(`"body.${name}" must be a text.`, 'body');
	}
	return body as Written['body'];
}

function people(given: unknown, field: string): Person[] {
	if (given === undefined) return [];
	if (!Array.isArray(given)) throw invalid(`"${field}" must be a list.`, field);
	return given.map((one) => person(one, field));
}

function person(given: unknown, field: string): Person {
	const { email, name, ...rest } = objectOf(given, field);
	const unknown = Object.keys(rest)[0];
	if (unknown) throw invalid(`Unknown field "${field}.${unknown}".`, field);
	if (typeof email !== 'string' || !ADDRESS.test(email))
		throw invalid(`"${field}" has something that is not an address.`, field);
	if (name !== undefined && typeof name !== 'string') throw invalid(`"${field}.name" must be a text.`, field);
	return { email, ...(name === undefined ? {} : { name }) };
}

export function objectOf(given: unknown, field: string): Record<string, unknown> {
	if (typeof given !== 'object' || given === null || Array.isArray(given))
		throw invalid(`"${field}" must be an object.`, field);
	return given as Record<string, unknown>;
}
