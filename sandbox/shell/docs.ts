import type { FastifyInstance, FastifyReply } from 'fastify';
import { marked } from 'marked';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { installGuard } from './guard';
import { html } from './page/html';

const ROOT = resolve(__dirname, '..', '..');
/** At the top of the package; the others are in its folder for documents. */
const TOP = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE.md'];
const POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'";

/** The package's documents as web pages, for whom the network does not reach the project's own page. */
export function installDocs(app: FastifyInstance): void {
	installGuard(app);
	const pages = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
	const pictures = readdirSync(join(ROOT, 'docs', 'images')).filter((file) => extname(file) === '.png');
	const add = (address: string, file: string) =>
		app.get(address, async (_, reply) => await sendPage(reply, await readFile(join(ROOT, file), 'utf8')));
	for (const page of pages) add(`/docs/${page}`, `docs/${page}`);
	for (const page of TOP) add(`/${page}`, page);
	for (const picture of pictures)
		app.get(`/docs/images/${picture}`, async (_, reply) =>
			reply.type('image/png').send(await readFile(join(ROOT, 'docs', 'images', picture))),
		);
	const list = [...TOP.map((page) => `../${page}`), ...pages].map(
		(page) => `- [${page.replace('../', '')}](${page})`,
	);
	app.get('/docs', async (_, reply) => await reply.redirect('/docs/index'));
	app.get('/docs/index', async (_, reply) => await sendPage(reply, `# Documents\n\n${list.join('\n')}`));
}

async function sendPage(reply: FastifyReply, markdown: string) {
	const title = /^# (.+)$/m.exec(markdown)?.[1] ?? 'MailOps for n8n';
	const page = html`<!doctype html>
		<html lang="en">
			<meta charset="utf-8" />
			<meta name="viewport" content="width=device-width" />
			<title>${title}</title>
		</html>`;
	const body = withAnchors(await marked.parse(markdown));
	return await reply
		.type('text/html; charset=utf-8')
		.header('content-security-policy', POLICY)
		.send(
			`${page.markup}<style>${STYLE}</style><p><a href="/docs/index">All documents</a></p>${body}</html>`,
		);
}

/** Headings get the anchors that links between the documents use: GitHub's. */
const withAnchors = (body: string): string =>
	body.replace(/<h([1-6])>(.*?)<\/h\1>/gs, (_, level: string, words: string) => {
		const id = words
			.replace(/<[^>]*>|&[^;]*;/g, '')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-');
		return `<h${level} id="${id}">${words}</h${level}>`;
	});

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.55 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
img{max-width:100%}table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid #8886;padding:.3rem .6rem;text-align:left;vertical-align:top}
pre{overflow-x:auto;background:#8881;padding:.8rem}code{font-size:.9em}`;
