import { type Field, type Fields, merged } from '../../../shell/table/fields';
import type { Given, Table } from '../../../shell/table/table';
import { invalid } from '../errors';
import { bodyFields } from '../official';
import type { Goods } from '../records';
import { type Ask, linksTo } from '../resource';
import { type ChimpTable, described } from '../table';

/** Stores and what is in them (mailchimp.com/developer/marketing/docs/e-commerce): all under ids of the shop's own. */
export const STORES = '/ecommerce/stores';

type Kind = 'customers' | 'products' | 'orders' | 'carts';

export const at = (kind: Kind) => `${STORES}/{store_id}/${kind}`;
export const listed = (value: unknown) => (value ?? []) as Given[];

/** What Mailchimp answers of a field that never came; nothing of times and choices. */
export function blank(fields: Fields): Given {
	const blanks: Array<[string, unknown]> = Object.entries(fields)
		.filter(([, { check, choices }]) => !check && !choices)
		.map(([name, field]) => [name, blankOf(field)]);
	return Object.fromEntries(blanks);
}

function blankOf({ type, fields = {} }: Field): unknown {
	if (type === 'object') return blank(fields);
	if (type === 'array') return [];
	if (type === 'boolean') return false;
	return type === 'string' ? '' : 0;
}

export const completed = (path: string, draft: Given): Given =>
	merged(blank(bodyFields('POST', path)), draft, bodyFields('POST', path));

export function checkCurrency({ currency_code: code }: Given): void {
	if (code !== undefined && !/^[A-Z]{3}$/.test(String(code)))
		throw invalid('The currency code must be a three-letter ISO 4217 code.');
}

/** What is the same for all that a store holds. */
export function goods(
	kind: Kind,
	parameter: string,
	own: Pick<Table<Goods, Ask>, 'check' | 'change' | 'matches' | 'examples'> & {
		show(record: Goods, ask: Ask): Given;
		make?(draft: Given, ask: Ask): Given;
	},
): ChimpTable<Goods> {
	const { make, show, ...rest } = own;
	return described<Goods>({
		...rest,
		path: at(kind),
		id: { parameter, field: 'id' },
		records: ({ store }) => store[kind],
		rows: kind,
		beside: ['store_id'],
		unique: { field: 'id' },
		taken: () =>
			`A ${parameter.replace('_id', '')} with the provided ID already exists in the account for this list.`,
		make: (draft, ask) => ({
			...completed(at(kind), make ? make(draft, ask) : draft),
			created_at: ask.state.stamp(),
			updated_at: ask.state.stamp(),
			id: String(draft.id),
		}),
		show: (record, ask) => ({
			...show(record, ask),
			_links: linksTo(ask.state, `${STORES}/${ask.store.id}/${kind}/${record.id}`),
		}),
	});
}

export const withoutStamps = ({ created_at: _created, updated_at: _updated, ...rest }: Goods): Given => rest;
