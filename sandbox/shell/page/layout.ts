import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sandbox } from '../..';
import { Html, html, number } from './html';
import type { PostmarkServer } from '../../services/postmark/server';
import { SCRIPT } from './script';
import { STYLE } from './style';

export interface View {
	tab: Tab;
	title: string;
	/** Search and filters, which stay while the rest is refreshed. */
	tools?: Html;
	shown: Html;
	/** Whether the shown part is kept fresh. */
	live: boolean;
}

const TABS = {
	mailboxes: { path: '/', label: 'Mailboxes' },
	departments: { path: '/departments', label: 'Departments' },
	messages: { path: '/messages', label: 'Messages' },
	inbound: { path: '/inbound', label: 'Inbound' },
	templates: { path: '/templates', label: 'Templates' },
	streams: { path: '/streams', label: 'Streams' },
	webhooks: { path: '/webhooks', label: 'Webhooks' },
	requests: { path: '/requests', label: 'Requests' },
	faults: { path: '/faults', label: 'Faults' },
};
export type Tab = keyof typeof TABS;

function counts({ alimail, postmark, requests, faults }: Sandbox): Record<Tab, string> {
	const sum = (size: (server: PostmarkServer) => number) =>
		postmark.servers.reduce((total, server) => total + size(server), 0);
	return {
		mailboxes: number(alimail.directory.users.size),
		departments: number(alimail.directory.departments.size - 1),
		messages: number(postmark.messages.length),
		inbound: number(sum(({ inbound }) => inbound.size)),
		templates: number(sum(({ templates }) => templates.size)),
		streams: number(sum(({ streams }) => streams.size)),
		webhooks: number(postmark.hooks.deliveries.length),
		requests: number(requests.total),
		faults: number(faults.list().length),
	};
}

/** Sends a view as a page, or its changing part alone when the page's script asks for it. */
export async function sendView(request: FastifyRequest, reply: FastifyReply, sandbox: Sandbox, view: View) {
	reply.header('cache-control', 'no-store');
	if (request.headers['x-part'] === '1') {
		return await reply.send({ shown: view.shown.markup, counts: counts(sandbox) });
	}
	const nonce = randomBytes(16).toString('base64');
	// A shown message inherits this policy: no scripts, nothing loaded from elsewhere, no forms, no further frames.
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		"style-src 'unsafe-inline'",
		'img-src data:',
		"connect-src 'self'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
	].join('; ');
	return await reply
		.header('content-security-policy', policy)
		.header('x-content-type-options', 'nosniff')
		.header('referrer-policy', 'no-referrer')
		.type('text/html; charset=utf-8')
		.send(page(view, counts(sandbox), nonce).markup);
}

function page(view: View, count: Record<Tab, string>, nonce: string): Html {
	const tabs = Object.entries(TABS).map(
		([tab, { path, label }]) =>
			html`<a href="${path}" ${tab === view.tab ? new Html(' aria-current="page"') : ''}
				>${label}<b id="n-${tab}">${count[tab as Tab]}</b></a
			>`,
	);
	return html`<!DOCTYPE html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width,initial-scale=1" />
				<title>${view.title} – MailOps sandbox</title>
				<link rel="icon" href="data:," />
				<style>
					${new Html(STYLE)}
				</style>
			</head>
			<body>
				<header>
					<div class="bar">
						<h1>MailOps sandbox<small>nothing leaves this computer</small></h1>
						<nav>${tabs}</nav>
						${view.live ? html`<label class="live"><input type="checkbox" id="live" checked /> Live</label>` : ''}
					</div>
				</header>
				<main>
					${view.tools ?? ''}
					<div id="shown">${view.shown}</div>
				</main>
				<script nonce="${nonce}">
					${new Html(SCRIPT)};
				</script>
			</body>
		</html>`;
}
