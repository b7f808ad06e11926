import type { Fields } from './fields';

/** How a list comes in parts. */
export interface Pages {
	/** Its parameters in the query. */
	parameters: Fields;
	/** A parameter that is wrong together with another one, and what is wrong with it. */
	check?(query: Query): { field: string; what: string } | undefined;
	cut<R>(rows: readonly R[], query: Query, idOf: (row: R) => string): Page<R>;
	/** The query for the first page of a size, for tests. */
	first(size: number): Record<string, string>;
}

type Query = Record<string, unknown>;

export interface Page<R> {
	rows: R[];
	/** How many there are on all pages. */
	total: number;
	/** What asks for the next page; missing on the last one. */
	next?: string;
}

interface Size {
	/** The parameter's name. */
	name: string;
	/** Without the parameter; missing when it is required. */
	preset?: number;
	max: number;
	/** Whether more than the most is taken for the most, instead of refused. */
	clamped?: boolean;
}

function sizeField({ preset, max, clamped = false }: Size): Fields[string] {
	return { type: 'integer', min: 1, ...(clamped ? {} : { max }), required: preset === undefined };
}

const sizeIn = (query: Query, { name, preset = 0, max }: Size) =>
	Math.min(max, Number(query[name] ?? preset));

/** `?count=10&offset=20`: rows are counted from the start. */
export function offsetPages(options: {
	size: Size;
	/** The parameter's name; `required` as the size when that has no preset. */
	offset: string;
	/** Offset and size together must not be more. */
	reach?: number;
}): Pages {
	const { size, offset, reach = Infinity } = options;
	return {
		parameters: {
			[size.name]: sizeField(size),
			[offset]: { type: 'integer', min: 0, required: size.preset === undefined },
		},
		check: (query) =>
			sizeIn(query, size) + Number(query[offset] ?? 0) > reach
				? { field: offset, what: `must not be more than ${reach} together with '${size.name}'` }
				: undefined,
		cut(rows, query) {
			const from = Number(query[offset] ?? 0);
			const to = from + sizeIn(query, size);
			return {
				rows: rows.slice(from, to),
				total: rows.length,
				...(to < rows.length ? { next: String(to) } : {}),
			};
		},
		first: (count) => ({ [size.name]: String(count), [offset]: '0' }),
	};
}

/**
 * `?limit=10&cursor=…`: the cursor names the last row that was given, so that rows that come or go in between neither
 * hide others nor repeat them.
 */
export function cursorPages({ size, cursor }: { size: Size; cursor: string }): Pages {
	const read = (text: unknown) => {
		const [position = '', ...id] = Buffer.from(String(text), 'base64url').toString().split(' ');
		return { position: Number(position), id: id.join(' ') };
	};
	return {
		parameters: {
			[size.name]: sizeField(size),
			[cursor]: {
				type: 'string',
				check: (text: string) =>
					/^\d+ ./.test(Buffer.from(text, 'base64url').toString())
						? undefined
						: 'is not a cursor of this list',
			},
		},
		cut(rows, query, idOf) {
			let from = 0;
			if (query[cursor] !== undefined) {
				const { position, id } = read(query[cursor]);
				const last = rows.findIndex((row) => idOf(row) === id);
				// The row itself may be gone: what came after it stands where it stood.
				from = last === -1 ? position : last + 1;
			}
			const page = rows.slice(from, from + sizeIn(query, size));
			const to = from + page.length;
			const last = page.at(-1);
			const more = last !== undefined && to < rows.length;
			return {
				rows: page,
				total: rows.length,
				...(more ? { next: Buffer.from(`${to - 1} ${idOf(last)}`).toString('base64url') } : {}),
			};
		},
		first: (count) => ({ [size.name]: String(count) }),
	};
}

/** All rows at once. */
export const wholeList: Pages = {
	parameters: {},
	cut: (rows) => ({ rows: [...rows], total: rows.length }),
	first: () => ({}),
};
