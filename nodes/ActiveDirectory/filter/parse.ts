import type { Filter } from './filter';

/** What is wrong with a filter, and where. */
export class FilterFault extends Error {
	constructor(
		message: string,
		/** From 1. */
		readonly at: number,
	) {
		super(message);
	}
}

const ATTRIBUTE = /^(?:[A-Za-z][\w.-]*|\d+(?:\.\d+)+)(?:;[\w;-]+)?$/;
const DEEPEST = 100;

/** Reads a filter as people write it (RFC 4515); spaces and line breaks between its parts do no harm. @throws {FilterFault} */
export function parseFilter(text: string): Filter {
	const reader = new Reader(text);
	reader.skip();
	const filter = reader.isAt('(') ? reader.filter(0) : reader.bare();
	reader.skip();
	if (!reader.isAtEnd) throw new FilterFault('something stands behind its last bracket', reader.at + 1);
	return filter;
}

class Reader {
	at = 0;

	constructor(private readonly text: string) {}

	get isAtEnd(): boolean {
		return this.at >= this.text.length;
	}

	isAt(character: string): boolean {
		return this.text[this.at] === character;
	}

	skip(): void {
		while (/\s/.test(this.text[this.at] ?? '')) this.at++;
	}

	filter(depth: number): Filter {
		if (depth > DEEPEST) throw new FilterFault('it is nested too deeply', this.at + 1);
		this.take('(');
		this.skip();
		const found = this.inner(depth);
		this.skip();
		this.take(')');
		return found;
	}

	/** One comparison without brackets around it. */
	bare(): Filter {
		const end = this.text.trimEnd().length;
		const start = this.at;
		this.at = end;
		return comparison(this.text.slice(start, end), start);
	}

	private inner(depth: number): Filter {
		const c = this.text[this.at];
		if (c === '&' || c === '|') {
			this.at++;
			const list = this.list(depth);
			return c === '&' ? { and: list } : { or: list };
		}
		if (c === '!') {
			this.at++;
			this.skip();
			return { not: this.filter(depth + 1) };
		}
		const start = this.at;
		const end = this.text.indexOf(')', start);
		if (end < 0) throw new FilterFault('a closing bracket is missing', this.text.length);
		const open = this.text.indexOf('(', start);
		if (open >= 0 && open < end)
			throw new FilterFault('a bracket stands within a value: write \\28 for ( and \\29 for )', open + 1);
		this.at = end;
		return comparison(this.text.slice(start, end), start);
	}

	private list(depth: number): Filter[] {
		const list: Filter[] = [];
		for (this.skip(); this.isAt('('); this.skip()) list.push(this.filter(depth + 1));
		if (list.length === 0) throw new FilterFault('there is nothing behind & or |', this.at + 1);
		return list;
	}

	private take(character: string): void {
		if (!this.isAt(character)) throw new FilterFault(`a ${character} is expected`, this.at + 1);
		this.at++;
	}
}

function comparison(text: string, start: number): Filter {
	const [, left, operator, right] = /^([^=<>~]*?)\s*(:=|>=|<=|~=|=)(.*)$/s.exec(text) ?? [];
	if (left === undefined || operator === undefined || right === undefined)
		throw new FilterFault('a comparison such as mail=ann@example.com is expected', start + 1);
	if (operator === ':=') return ruled(left, right, start);
	const attribute = attributeOf(left, start);
	if (operator !== '=')
		return { compare: operator as '>=' | '<=' | '~=', attribute, value: valueOf(right, start) };
	if (right === '*') return { present: attribute };
	if (!right.includes('*')) return { compare: '=', attribute, value: valueOf(right, start) };
	const [initial = '', ...rest] = right.split('*').map((part) => textOf(part, start));
	const final = rest.pop() ?? '';
	return { substrings: attribute, initial, any: rest.filter((part) => part !== ''), final };
}

/** `userAccountControl:1.2.840.113556.1.4.803:=2`, `ou:dn:=Staff`. */
function ruled(left: string, right: string, start: number): Filter {
	const [name = '', ...others] = left.split(':');
	const isOfDn = others[0]?.toLowerCase() === 'dn';
	const rule = others[isOfDn ? 1 : 0] ?? '';
	if (others.length > (isOfDn ? 2 : 1) || (name === '' && rule === ''))
		throw new FilterFault(
			'a matching rule such as attribute:1.2.840.113556.1.4.803:=2 is expected',
			start + 1,
		);
	return {
		rule,
		attribute: name === '' ? '' : attributeOf(name, start),
		value: valueOf(right, start),
		isOfDn,
	};
}

function attributeOf(text: string, start: number): string {
	const name = text.trim();
	if (!ATTRIBUTE.test(name)) throw new FilterFault(`“${name}” is not the name of an attribute`, start + 1);
	return name;
}

/** Text, or bytes when what is written in hexadecimal pairs is no text. */
function valueOf(text: string, start: number): string | Buffer {
	const bytes = bytesOf(text, start);
	const decoded = bytes.toString();
	return Buffer.from(decoded).equals(bytes) && !decoded.includes('\0') ? decoded : bytes;
}

const textOf = (text: string, start: number): string => bytesOf(text, start).toString();

function bytesOf(text: string, start: number): Buffer {
	const parts = text.split('\\');
	const first = Buffer.from(parts[0]!);
	const rest = parts.slice(1).map((part) => {
		const pair = /^[\da-f]{2}/i.exec(part)?.[0];
		if (pair === undefined)
			throw new FilterFault(
				'a backslash must be followed by two hexadecimal digits: write \\5c for \\ itself',
				start + 1,
			);
		return Buffer.concat([Buffer.from(pair, 'hex'), Buffer.from(part.slice(2))]);
	});
	return Buffer.concat([first, ...rest]);
}
