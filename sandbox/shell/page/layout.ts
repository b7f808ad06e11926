import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Shell } from '../shell';
import type { Shown } from '../standIn';
import { Html, html, number } from './html';
import { SCRIPT } from './script';
import { STYLE } from './style';

/** What the page says of itself: a tab of a service, one of the sandbox's own, or none for what is not there. */
export interface Place {
	tab?: string;
	/** The service that the tab belongs to. */
	service?: string;
}

interface Tab {
	tab: string;
	label: string;
	count: string;
}

/** The tabs of the sandbox itself, whatever services it has. */
function ownTabs({ requests, faults }: Shell): Tab[] {
	return [
		{ tab: 'requests', label: 'Requests', count: number(requests.total) },
		{ tab: 'faults', label: 'Faults', count: number(faults.list().length) },
	];
}

function serviceTabs({ standIn, service }: Shell['running'][number]): Tab[] {
	return standIn.views.map((view) => ({
		tab: view.tab,
		label: view.label,
		count: number(view.count(service)),
	}));
}

function counts(shell: Shell): Record<string, string> {
	const tabs = [...shell.running.flatMap(serviceTabs), ...ownTabs(shell)];
	return Object.fromEntries(tabs.map(({ tab, count }) => [tab, count]));
}

/** Sends a view as a page, or its changing part alone when the page's script asks for it. */
export async function sendShown(
	request: FastifyRequest,
	reply: FastifyReply,
	shell: Shell,
	place: Place,
	view: Shown,
) {
	reply.header('cache-control', 'no-store');
	if (request.headers['x-part'] === '1') {
		return await reply.send({ shown: view.shown.markup, counts: counts(shell) });
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
		.send(page(view, navigation(shell, place), nonce).markup);
}

/** The services and the sandbox's own tabs; below them the tabs of the service that is looked at. */
function navigation(shell: Shell, place: Place): Html {
	const services = shell.running.flatMap(({ standIn: { name, title, views } }) =>
		views[0] ? [link(`/${views[0].tab}`, name === place.service, html`${title}`)] : [],
	);
	const tab = ({ tab: id, label, count }: Tab) =>
		link(`/${id}`, id === place.tab, html`${label}<b id="n-${id}">${count}</b>`);
	const open = shell.running.find(({ standIn }) => standIn.name === place.service);
	return html`<nav>${services}${ownTabs(shell).map(tab)}</nav>
		${open ? html`<nav class="tabs">${serviceTabs(open).map(tab)}</nav>` : ''}`;
}

function link(path: string, current: boolean, label: Html): Html {
	return html`<a href="${path}" ${current ? new Html(' aria-current="page"') : ''}>${label}</a>`;
}

function page(view: Shown, nav: Html, nonce: string): Html {
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
						${nav}
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
