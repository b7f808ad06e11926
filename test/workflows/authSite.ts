import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textOf } from '../support/tree';

export const ORIGIN = 'https://portal.yunhe.example';

/** The site with Auth.js, set up with the file that docs/authjs.md tells people to write. */
export interface AuthSite {
	/** What it has logged so far. */
	log(): string;
	/** Lets minutes pass for the links that are on their way. */
	later(minutes: number): Promise<void>;
	/** A person with a browser of their own. */
	browser(): Browser;
	close(): void;
}

interface Page {
	status: number;
	/** Where it leads on to, without the site's address. */
	location: string;
	text: string;
}

export interface Browser {
	/** Opens an address of the site. */
	open(url: string, form?: Record<string, string>): Promise<Page>;
	/** Enters an address on the sign-in page. */
	askForLink(email: string): Promise<Page>;
	/** Who is signed in in this browser. */
	user(): Promise<string | undefined>;
}

export async function startAuthSite(webhook: { url: string; token: string }): Promise<AuthSite> {
	const [, code] = /```js\n(.*?)```/s.exec(textOf('docs/authjs.md'))!;
	const module = join(mkdtempSync(join(tmpdir(), 'mailops-site-')), 'sign-in-by-mail.mjs');
	writeFileSync(module, code!);
	const site = spawn(process.execPath, [join(__dirname, 'site.mjs'), module], {
		env: { PATH: process.env.PATH, SIGN_IN_WEBHOOK_URL: webhook.url, SIGN_IN_WEBHOOK_TOKEN: webhook.token },
	});
	let log = '';
	site.stderr.on('data', (chunk) => (log += String(chunk)));
	const said = await Promise.race([once(site.stdout, 'data'), once(site, 'exit').then(() => [])]);
	if (said.length === 0) throw new Error(`The site did not start: ${log}`);
	const base = `http://127.0.0.1:${String(said[0]).trim()}`;
	return {
		log: () => log,
		later: async (minutes) => void (await fetch(`${base}/_test/later?minutes=${minutes}`)),
		browser: () => newBrowser(base),
		close: () => void site.kill(),
	};
}

function newBrowser(base: string): Browser {
	const cookies = new Map<string, string>();
	const browser: Browser = {
		async open(url, form) {
			const { pathname, search } = new URL(url, ORIGIN);
			const answer = await fetch(base + pathname + search, {
				redirect: 'manual',
				headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
				...(form && { method: 'POST', body: new URLSearchParams(form) }),
			});
			for (const cookie of answer.headers.getSetCookie()) {
				const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
				cookies.set(name!, value!);
			}
			return {
				status: answer.status,
				location: (answer.headers.get('location') ?? '').replace(ORIGIN, ''),
				text: await answer.text(),
			};
		},
		async askForLink(email) {
			const { csrfToken } = JSON.parse((await browser.open('/auth/csrf')).text) as { csrfToken: string };
			return await browser.open('/auth/signin/email', { email, csrfToken, callbackUrl: `${ORIGIN}/desk` });
		},
		async user() {
			const session = JSON.parse((await browser.open('/auth/session')).text) as {
				user?: { email: string };
			} | null;
			return session?.user?.email;
		},
	};
	return browser;
}
