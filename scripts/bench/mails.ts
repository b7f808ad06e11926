import type { INodeParameters } from 'n8n-workflow';
import type { Models } from 'postmark';

export interface Recipient {
	to: string;
	name: string;
	order: string;
	city: string;
	[column: string]: string;
}

export const FROM = 'shop@mailops.example';
const THANKS = '<p>Thank you for your trust in us.</p>'.repeat(20);

export const recipients = (count: number): Recipient[] =>
	Array.from({ length: count }, (_, i) => ({
		to: `person${i}@yunhe.example`,
		name: `Ana Bauer ${i}`,
		order: `A-${100_000 + i}`,
		city: i % 2 === 0 ? '杭州' : 'Bern',
	}));

/** A mail as the node's form has it, and as a program that uses the official client writes it. */
export interface Letter {
	name: string;
	form: INodeParameters;
	message(recipient: Recipient): Models.Message;
}

const asNode = (subject: string, html: string, text: string): INodeParameters => ({
	resource: 'email',
	operation: 'send',
	from: FROM,
	to: '={{ $json.to }}',
	subject,
	html,
	text,
});

const asMessage = (To: string, Subject: string, HtmlBody: string, TextBody: string): Models.Message => ({
	From: FROM,
	To,
	Subject,
	HtmlBody,
	TextBody,
	MessageStream: 'outbound',
});

const PLAIN_HTML = `<p>Hello,</p><p>your order is on its way.</p>${THANKS}`;
const PLAIN_TEXT = 'Your order is on its way.';

/** The same words for everybody. */
export const plain: Letter = {
	name: 'plain',
	form: asNode('Your order', PLAIN_HTML, PLAIN_TEXT),
	message: ({ to }) => asMessage(to, 'Your order', PLAIN_HTML, PLAIN_TEXT),
};

/** Three fields with the recipient's own words in them: what most mail from a workflow looks like. */
export const personal: Letter = {
	name: 'personal',
	form: asNode(
		'=Your order {{ $json.order }}',
		`=<p>Hello {{ $json.name }},</p><p>your order {{ $json.order }} is on its way to {{ $json.city }}.</p>${THANKS}`,
		'=Hello {{ $json.name }}, your order {{ $json.order }} is on its way to {{ $json.city }}.',
	),
	message: ({ to, name, order, city }) =>
		asMessage(
			to,
			`Your order ${order}`,
			`<p>Hello ${name},</p><p>your order ${order} is on its way to ${city}.</p>${THANKS}`,
			`Hello ${name}, your order ${order} is on its way to ${city}.`,
		),
};

/** What only n8n's own evaluator can fill in. */
export const computed: Letter = {
	...personal,
	name: 'computed',
	form: {
		...personal.form,
		html: `=<p>Hello {{ $json.name.toUpperCase() }},</p><p>your order is on its way.</p>${THANKS}`,
	},
};
