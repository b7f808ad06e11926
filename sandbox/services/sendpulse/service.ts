import type { FastifyInstance, FastifyReply } from 'fastify';
import { installParsers } from '../../shell/parsers';
import type { Service } from '../../shell/standIn';
import { Account, FIRST_LIST } from './account';
import { bodyOf, SendPulseError } from './errors';
import { listRoutes } from './lists';
import { automationRoutes } from './automation';
import { campaignRoutes } from './campaigns';
import { contactPartRoutes } from './contactParts';
import { demandDescribed } from './official';
import { otherRoutes } from './others';
import { type Campaign, type MailingList, nowStamp } from './records';
import { senderRoutes } from './senders';
import { tagRoutes } from './tags';
import { templateRoutes } from './templates';
import { verifierRoutes } from './verifier';
import { type SendPulseSettings, sendPulseSettings } from './settings';
import { demandSignIn, tokenRoute } from './signIn';
import { smtpPartRoutes } from './smtpParts';
import { smtpRoutes } from './smtp';
import { reportRoutes } from './webhooks';

const BODY_LIMIT = 40 * 1024 * 1024;

/** The stand-in for SendPulse: one account with its lists, senders, templates and emails. */
export class SendPulseService implements Service {
	readonly settings: SendPulseSettings = sendPulseSettings.parse({});
	readonly account = new Account(this.settings);

	/** @param baseUrl known when the port is open */
	constructor(private readonly baseUrl: () => string) {}

	/** Base URL for a client. */
	get url(): string {
		return this.baseUrl();
	}

	/** A list without the wire. */
	addList(name: string, emails: string[] = []): MailingList {
		const id = this.account.newId();
		const contacts = emails.map((email) => ({ email, phone: '', status: 1 as const, variables: {} }));
		const list = {
			id,
			name,
			created: nowStamp(),
			contacts: new Map(contacts.map((contact) => [contact.email.toLowerCase(), contact])),
		};
		this.account.lists.set(id, list);
		return list;
	}

	/** A campaign to the first list, without the wire. */
	addCampaign(name: string, more: Partial<Campaign> = {}): Campaign {
		const id = this.account.newId();
		const campaign: Campaign = {
			id,
			name,
			subject: 'News',
			senderName: 'Example Shop',
			senderEmail: 'shop@example.com',
			html: '<p>News</p>',
			lists: [FIRST_LIST],
			at: Date.now(),
			sendDate: '',
			status: 13,
			count: 1,
			files: [],
			...more,
		};
		this.account.campaigns.set(id, campaign);
		return campaign;
	}

	close(): void {
		this.account.reports.clear();
	}

	reset(): void {
		this.account.reset();
	}

	/** The routes below the service's prefix. */
	mount(app: FastifyInstance): void {
		installParsers(app, BODY_LIMIT);
		app.setErrorHandler(async (error, _request, reply) => await refuse(error, reply));
		app.setNotFoundHandler(async (_request, reply) => await reply.code(404).send(bodyOf(404)));
		app.addHook('onRequest', async (request) => {
			if (request.passage.path === '/oauth/access_token') return;
			this.account.limits.arrive();
			demandSignIn(request.headers.authorization, this.account);
		});
		app.addHook('preHandler', async (request) => {
			const { url = '' } = request.routeOptions;
			demandDescribed(request, url.slice(app.prefix.length));
		});
		tokenRoute(app, this.account);
		listRoutes(app, this.account);
		contactPartRoutes(app, this.account);
		smtpRoutes(app, this.account);
		smtpPartRoutes(app, this.account);
		tagRoutes(app, this.account);
		automationRoutes(app, this.account);
		verifierRoutes(app, this.account);
		otherRoutes(app, this.account);
		campaignRoutes(app, this.account);
		reportRoutes(app, this.account);
		senderRoutes(app, this.account);
		templateRoutes(app, this.account);
	}
}

async function refuse(error: unknown, reply: FastifyReply): Promise<unknown> {
	if (error instanceof SendPulseError) return await reply.code(error.status).send(error.body);
	const { name, message } = error as Error;
	const status = name === 'UnreadableJson' || /JSON/.test(message) ? 422 : 500;
	return await reply
		.code(status)
		.send(status === 422 ? { message: 'Badly formed incoming data', error_code: 999 } : bodyOf(500));
}
