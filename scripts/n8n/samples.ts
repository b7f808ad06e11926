import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox';
import { repository } from './paths';

/** Puts the template that the order workflow sends into the sandbox, as its page in the documentation shows it. */
export async function addOrderTemplate({ postmark }: Sandbox): Promise<void> {
	const page = readFileSync(join(repository, 'docs', 'order-notification.md'), 'utf8');
	const block = (language: string) =>
		new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1]?.trim();
	const answer = await fetch(`${postmark.url}/templates`, {
		method: 'POST',
		headers: {
			Accept: 'application/json',
			'Content-Type': 'application/json',
			'X-Postmark-Server-Token': postmark.serverToken,
		},
		body: JSON.stringify({
			Name: 'Order confirmation',
			Alias: 'order-confirmation',
			Subject: block('text'),
			HtmlBody: block('html'),
		}),
	});
	if (!answer.ok) throw new Error(`The sandbox refused the order template: ${await answer.text()}`);
}
