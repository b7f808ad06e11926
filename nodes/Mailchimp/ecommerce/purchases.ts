import type { INodeProperties } from 'n8n-workflow';
import { customerLocator } from './locators';
import { resourceOf } from './operations';
import {
	MOST_OF_CUSTOMER_ID,
	always,
	count,
	currency,
	idIn,
	link,
	money,
	required,
	rows,
	text,
	time,
	type Value,
} from './values';

const idField = (
	displayName: string,
	name: string,
	description: string,
	example: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	required: true,
	default: '',
	placeholder: `e.g. ${example}`,
	description,
});

/** Of orders and carts alike. */
const bought = (what: string): Value[] => [
	{
		field: customerLocator,
		to: 'customer.id',
		read: (reader) => idIn(reader, 'customer', MOST_OF_CUSTOMER_ID),
	},
	currency,
	always(money('Total', 'total', 'order_total', `What the ${what} comes to`)),
];

const line = (more: Value[] = []): Value[] => [
	...more,
	required(text('ID', 'id', 'id', 'What your shop calls the line', 'line-1')),
	always(money('Price', 'price', 'price', 'The price of one')),
	required(
		text('Product ID', 'product', 'product_id', 'The product, which the store must have', 'green-tea'),
	),
	always(count('Quantity', 'quantity', 'quantity', 1, 'How many of it')),
	required(
		text('Variant ID', 'variant', 'product_variant_id', 'Which variant of the product', 'green-tea-100'),
	),
];

const lines = (what: string, values: Value[]): Value =>
	rows(
		{
			displayName: 'Lines',
			name: 'lines',
			entry: 'line',
			one: 'Line',
			to: 'lines',
			description: `What is in the ${what}. These are all its lines from then on.`,
			none: 'Add at least one line: Mailchimp takes nothing empty.',
		},
		values,
	);

const campaignOption = text(
	'Campaign ID',
	'campaign',
	'campaign_id',
	'The campaign that led to it',
	'42694e9e57',
);

export const order = resourceOf({
	name: 'Order',
	value: 'order',
	one: 'an order',
	many: 'orders',
	description: 'What customers bought, by which Mailchimp counts revenue and starts automations',
	picked: idField('Order ID', 'order', 'What your shop calls the order', 'order-7'),
	upsert: 'Tell Mailchimp of an order of a customer, or change what it knows',
	deletes: 'Delete an order; what it added to the revenue goes with it',
	values: [
		...bought('order'),
		lines('order', line([money('Discount', 'discount', 'discount', 'What was taken off the line')])),
	],
	options: [
		campaignOption,
		time(
			'Cancelled At',
			'cancelledAt',
			'cancelled_at_foreign',
			'When it was cancelled; this cancels the order',
		),
		money('Discount', 'discount', 'discount_total', 'What was taken off altogether'),
		text(
			'Financial Status',
			'financialStatus',
			'financial_status',
			'How it stands with the payment; starts the notifications of the store',
			'paid',
		),
		text(
			'Fulfillment Status',
			'fulfillmentStatus',
			'fulfillment_status',
			'How it stands with the delivery; starts the notifications of the store',
			'shipped',
		),
		link('Landing Page', 'landingSite', 'landing_site', 'Where the customer came into the shop'),
		link('Order URL', 'orderUrl', 'order_url', 'Where the customer sees the order'),
		time('Processed At', 'processedAt', 'processed_at_foreign', 'When it was placed'),
		money('Shipping', 'shipping', 'shipping_total', 'What the delivery costs'),
		money('Tax', 'tax', 'tax_total', 'The tax in it'),
		text('Tracking Carrier', 'carrier', 'tracking_carrier', 'Who delivers it', 'DHL'),
		text('Tracking Number', 'trackingNumber', 'tracking_number', 'The number of the parcel', 'JJD0003'),
		link('Tracking URL', 'trackingUrl', 'tracking_url', 'Where the parcel can be followed'),
		time('Updated At', 'updatedAt', 'updated_at_foreign', 'When it was changed last'),
	],
	filters: [
		{
			field: {
				displayName: 'Campaign ID',
				name: 'campaign',
				type: 'string',
				default: '',
				placeholder: 'e.g. 42694e9e57',
				description: 'Only orders that this campaign led to',
			},
			parameter: 'campaign_id',
		},
		{
			field: {
				displayName: 'Customer ID',
				name: 'customerId',
				type: 'string',
				default: '',
				placeholder: 'e.g. customer-7',
				description: 'Only orders of this customer',
			},
			parameter: 'customer_id',
		},
	],
	written: 'put',
});

export const cart = resourceOf({
	name: 'Cart',
	value: 'cart',
	one: 'a cart',
	many: 'carts',
	description: 'What customers have not bought yet, for reminders of abandoned carts',
	picked: idField('Cart ID', 'cart', 'What your shop calls the cart', 'cart-7'),
	upsert: 'Tell Mailchimp of a cart of a customer, or change what it knows',
	deletes: 'Delete a cart, such as one that was bought; its reminder is not sent any more',
	values: [...bought('cart'), lines('cart', line())],
	options: [
		campaignOption,
		link(
			'Checkout URL',
			'checkoutUrl',
			'checkout_url',
			'Where the customer goes on with it; reminders of abandoned carts need it',
			'https://example.com/cart',
		),
		money('Tax', 'tax', 'tax_total', 'The tax in it'),
	],
	written: {
		fixed: ['customer'],
		// Mailchimp's change of a cart takes neither its customer's ID nor those of its lines.
		change: ({ id: _id, customer: _customer, lines: inCart, ...rest }) => ({
			...rest,
			lines: (inCart as Array<{ id: string }>).map(({ id: _line, ...one }) => one),
		}),
	},
});
