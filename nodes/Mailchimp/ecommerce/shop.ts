import { audienceId } from '../ids';
import { audienceLocator } from '../locators';
import { customerLocator, productLocator, storeLocator } from './locators';
import { resourceOf } from './operations';
import {
	MOST_OF_CUSTOMER_ID,
	addressValues,
	always,
	count,
	currency,
	email,
	flag,
	link,
	money,
	required,
	rows,
	text,
	time,
} from './values';

export const store = resourceOf({
	name: 'Store',
	value: 'store',
	one: 'a store',
	many: 'stores',
	isStore: true,
	description: 'A shop whose customers, products, orders and carts Mailchimp knows',
	picked: storeLocator,
	upsert: 'Connect a shop with an audience, or change what Mailchimp knows of it',
	deletes: 'Delete a store with its customers, products, orders and carts; the contacts stay in the audience',
	values: [
		{ field: audienceLocator, to: 'list_id', read: audienceId },
		required(text('Name', 'name', 'name', 'What the shop is called', 'Tea House')),
		currency,
	],
	options: [
		...addressValues,
		text('Domain', 'domain', 'domain', 'The domain of the shop', 'shop.example.com'),
		email('Email Address', 'emailAddress', 'email_address', 'Where the shop can be written to'),
		flag(
			'Is Syncing',
			'isSyncing',
			'is_syncing',
			'Whether its automations wait, such as while old orders are brought in; switch it off again afterwards',
		),
		text('Language', 'locale', 'primary_locale', 'The language of the shop, as its code', 'de'),
		text('Money Format', 'moneyFormat', 'money_format', 'The sign of the currency', '€'),
		text('Phone', 'phone', 'phone', 'The phone number of the shop', '+49 30 123456'),
		text('Platform', 'platform', 'platform', 'The software of the shop', 'WooCommerce'),
		text('Time Zone', 'timezone', 'timezone', 'Where the clocks of the shop are', 'Europe/Berlin'),
	],
	written: {
		// “The list_id for a specific store cannot change” (its field in Mailchimp's description).
		fixed: ['list_id'],
		change: ({ id: _id, list_id: _list, ...rest }) => rest,
	},
	confirmed: {
		displayName: 'I Understand That All Its Data Are Lost',
		name: 'confirmed',
		type: 'boolean',
		required: true,
		default: false,
		description:
			'Whether you know that Mailchimp deletes all customers, products, orders and carts of the store with it, and gives none back',
	},
});

export const customer = resourceOf({
	name: 'Customer',
	value: 'customer',
	one: 'a customer',
	many: 'customers',
	description: 'Who buys in a store; each becomes a contact of its audience',
	picked: customerLocator,
	mostOfId: MOST_OF_CUSTOMER_ID,
	upsert: 'Tell Mailchimp of a customer, or change what it knows',
	deletes: 'Delete a customer of the store; the contact stays in the audience',
	values: [
		required(email('Email Address', 'emailAddress', 'email_address', 'The customer’s email address')),
		always(
			flag(
				'Opted In',
				'optIn',
				'opt_in_status',
				'Whether the customer wants marketing emails. A contact that the audience has already stays as it is; a new one who does not want them becomes a transactional contact.',
			),
		),
	],
	options: [
		...addressValues,
		text('Company', 'company', 'company', 'The company the customer buys for', 'MailOps GmbH'),
		text('First Name', 'firstName', 'first_name', 'What the customer is called', 'Ana'),
		text('Last Name', 'lastName', 'last_name', 'The family name', 'Silva'),
	],
	filters: [
		{
			field: {
				displayName: 'Email Address',
				name: 'emailAddress',
				type: 'string',
				default: '',
				placeholder: 'e.g. ana@example.com',
				description: 'Only the customer of this address',
			},
			parameter: 'email_address',
		},
	],
	written: 'put',
});

export const product = resourceOf({
	name: 'Product',
	value: 'product',
	one: 'a product',
	many: 'products',
	description: 'What a store sells, in one variant or several',
	picked: productLocator,
	upsert: 'Tell Mailchimp of a product with its variants, or change what it knows',
	deletes: 'Delete a product with its variants',
	values: [
		required(text('Title', 'title', 'title', 'What the product is called', 'Green tea')),
		rows(
			{
				displayName: 'Variants',
				name: 'variants',
				entry: 'variant',
				one: 'Variant',
				to: 'variants',
				description: 'What can be bought: sizes, colors. These are all that the product has from then on.',
				none: 'Add at least one variant. A product that comes in one form has a variant with its own ID and title.',
			},
			[
				required(text('ID', 'id', 'id', 'What your shop calls the variant', 'green-tea-100')),
				link('Image URL', 'imageUrl', 'image_url', 'A picture of the variant', 'https://example.com/tea.png'),
				count('In Stock', 'inventory', 'inventory_quantity', 0, 'How many there are'),
				money('Price', 'price', 'price', 'The price of one, in the currency of the store'),
				text('SKU', 'sku', 'sku', 'The article number', 'GT-100'),
				required(text('Title', 'title', 'title', 'What the variant is called', '100 g')),
				link('URL', 'url', 'url', 'The page of the variant'),
			],
		),
	],
	options: [
		text('Description', 'description', 'description', 'What is to be said of it', 'From the first harvest'),
		text('Handle', 'handle', 'handle', 'Its name in addresses of the shop', 'green-tea'),
		link('Image URL', 'imageUrl', 'image_url', 'A picture of the product', 'https://example.com/tea.png'),
		time('Published At', 'publishedAt', 'published_at_foreign', 'When it came into the shop'),
		text('Type', 'type', 'type', 'What kind of product it is', 'Tea'),
		link('URL', 'url', 'url', 'The page of the product'),
		text('Vendor', 'vendor', 'vendor', 'Who makes it', 'Ana & Sons'),
	],
	written: 'put',
});
