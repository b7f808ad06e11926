import type { Page } from 'playwright-core';
import { flow, webhook } from '../queue/flows';
import { inEditor } from './byHand';
import { publish, type Session } from './session';
import { pause } from './processes';

const PATH = 'ask-by-mail';
const PATIENCE_MS = 30_000;

const mailFrom = (name: string, parameters: object) => ({
	name,
	type: 'n8n-nodes-mailops.postmark',
	parameters: { resource: 'email', from: 'people@yunhe.example', to: 'boss@yunhe.example', ...parameters },
});

/** Asks with buttons, then with a form, then mails what was answered. */
export const askingWorkflow = flow('askByMail', [
	webhook(PATH, 'onReceived'),
	mailFrom('Ask', {
		operation: 'sendAndWait',
		subject: 'May Ana have leave?',
		message: 'She asks for some.',
	}),
	mailFrom('Ask for Details', {
		operation: 'sendAndWait',
		subject: 'How much leave?',
		message: 'As you said yes.',
		responseType: 'customForm',
		formFields: {
			values: [
				{ fieldLabel: 'Days', fieldType: 'number', requiredField: true },
				{
					fieldLabel: 'Pay',
					fieldType: 'radio',
					fieldOptions: { values: [{ option: 'Paid' }, { option: 'Unpaid' }] },
				},
			],
		},
	}),
	mailFrom('Tell', {
		operation: 'send',
		subject:
			"=Approved {{ $('Ask').first().json.data.approved }}, {{ $json.data.Days }} days, {{ $json.data.Pay }}",
		text: 'Done.',
	}),
]);

export interface Mail {
	subject: string;
	html?: string;
}

interface Office {
	url: string;
	session: Session;
	/** What was mailed, oldest first. */
	mails(): Mail[];
}

/**
 * A workflow asks by mail. Its links are opened as a mail scanner does, which must decide nothing, and then by a person in a
 * browser, whose press must make the execution go on.
 *
 * @returns what was seen @throws Error on anything else
 */
export async function askByMail(
	{ url, session, mails }: Office,
	tell: (line: string) => void,
): Promise<string> {
	await publish(session, askingWorkflow.id);
	const before = mails().length;
	const mail = async (number: number) => await arrival(() => mails()[before + number - 1]);
	await start(`${url}/webhook/${PATH}`);

	return await inEditor(url, session, tell, async (page) => {
		const ask = linkIn(await mail(1));
		for (const method of ['GET', 'HEAD', 'GET', 'GET']) await fetch(ask, { method });
		await pause(2_000);
		if (mails().length > before + 1) throw new Error('A scanner that opened the link has approved.');
		await press(page, ask, 'Approve');

		const form = linkIn(await mail(2));
		for (const method of ['GET', 'HEAD']) await fetch(form, { method });
		await page.goto(form);
		await page.getByLabel('Days').fill('3');
		await page.getByLabel('Unpaid').check();
		await press(page, undefined, 'Submit');

		const { subject } = await mail(3);
		if (subject !== 'Approved true, 3 days, Unpaid') throw new Error(`The answers came out as: ${subject}`);
		const over = await (await fetch(ask, { method: 'POST' })).text();
		await pause(500);
		if (mails().length > before + 3) throw new Error(`An answer counted twice: ${over.slice(0, 200)}`);
		return `links opened 6 times by a scanner: nothing; pressed: “${subject}”`;
	});
}

/** n8n listens a moment after it has said that the workflow is published. */
async function start(address: string): Promise<void> {
	let status = 0;
	for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(500)) {
		({ status } = await fetch(address, { method: 'POST' }));
		if (status === 200) return;
	}
	throw new Error(`The workflow was not started: ${status}`);
}

async function press(page: Page, address: string | undefined, button: string): Promise<void> {
	if (address !== undefined) await page.goto(address);
	await page.getByRole('button', { name: button }).click({ timeout: PATIENCE_MS });
	await page.getByText('Your answer was recorded').waitFor({ timeout: PATIENCE_MS });
}

function linkIn({ subject, html = '' }: Mail): string {
	const link = /href="([^"]+)"/.exec(html)?.[1];
	if (link === undefined) throw new Error(`“${subject}” has no link.`);
	return link.replaceAll('&#38;', '&');
}

async function arrival(find: () => Mail | undefined): Promise<Mail> {
	for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(200)) {
		const mail = find();
		if (mail !== undefined) return mail;
	}
	throw new Error('The email that was waited for did not come.');
}
