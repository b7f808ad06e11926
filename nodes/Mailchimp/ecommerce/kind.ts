import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import type { Value } from './values';

/** Stores, and what is in a store: what they differ in. All have an ID of the shop's own. */
export interface Kind {
	name: string;
	value: string;
	description: string;
	/** `an order`, and of many: `orders`, which is also the name in Mailchimp's paths and answers. */
	one: string;
	many: string;
	/** Whether it is a store itself. */
	isStore?: boolean;
	/** Where Get and Delete take the ID from: a picker, or text where nobody would look through a list. */
	picked: INodeProperties;
	mostOfId?: number;
	values: Value[];
	options: Value[];
	filters?: Array<{ field: INodeProperties; parameter: string }>;
	/**
	 * How it is added or changed: with one PUT, or where Mailchimp has none it is looked for first. Then `fixed` are the fields
	 * that nothing can change, and `change` is what of a body may be sent of a change.
	 */
	written: 'put' | { fixed: string[]; change(body: IDataObject): IDataObject };
	upsert: string;
	deletes: string;
	/** A tick without which nothing is deleted. */
	confirmed?: INodeProperties;
}

export const at = ({ many, isStore }: Kind, store: string, id: string): string =>
	isStore ? path`/ecommerce/stores/${id}` : path`/ecommerce/stores/${store}/${many}/${id}`;

export const listAt = ({ many, isStore }: Kind, store: string): string =>
	isStore ? '/ecommerce/stores' : path`/ecommerce/stores/${store}/${many}`;
