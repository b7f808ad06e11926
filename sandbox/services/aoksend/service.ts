import type { FastifyInstance, FastifyReply } from 'fastify';
import { installParsers } from '../../shell/parsers';
import type { Service } from '../../shell/standIn';
import { bodyOf, Refusal } from './errors';
import { readForm } from './form';
import { demandKey, type Product, readMail, type StoredMail } from './sending';
import { type AokSendSettings, aokSendSettings } from './settings';

const BODY_LIMIT = 4 * 1024 * 1024;

/** Where each service's API begins, below the stand-in's own address. */
const PREFIXES: Record<Product, string> = { aoksend: '', aotsend: '/aotsend', fengemail: '/fengemail' };

/** The stand-in for the three services of one vendor: an account in each, with its key and templates. */
export class AokSendService implements Service {
	readonly settings: AokSendSettings = aokSendSettings.parse({});
	readonly appKeys: Record<Product, string> = {
		aoksend: 'sandbox-aoksend-key',
		aotsend: 'sandbox-aotsend-key',
		fengemail: 'sandbox-fengemail-key',
	};
	/** Approved templates by their number, with the words they have. */
	readonly templates = new Map<string, { subject: string }>();
	messages: StoredMail[] = [];
	private lastId = 0;

	/** @param baseUrl known when the port is open */
	constructor(private readonly baseUrl: () => string) {
		this.reset();
	}

	/** Base URL of AokSend for a client. */
	get url(): string {
		return this.baseUrl();
	}

	urlOf(product: Product): string {
		return `${this.url}${PREFIXES[product]}`;
	}

	balanceOf(product: Product): number {
		return this.settings.balance - this.messages.filter((mail) => mail.product === product).length;
	}

	/** Back to three accounts with two templates and no mail. */
	reset(): void {
		this.messages = [];
		this.lastId = 0;
		this.templates.clear();
		this.templates.set('E_100000000001', { subject: 'Your code' });
		this.templates.set('E_100000000002', { subject: 'Your order' });
	}

	/** The routes below the service's prefix. */
	mount(app: FastifyInstance): void {
		installParsers(app, BODY_LIMIT);
		app.setErrorHandler(async (error, _request, reply) => await this.refuse(error, reply));
		app.setNotFoundHandler(
			async (_request, reply) => await reply.code(404).type('text/html').send('<h1>404 Not Found</h1>'),
		);
		for (const product of Object.keys(PREFIXES) as Product[])
			app.post(`${PREFIXES[product]}/index/api/send_email`, async (request) => {
				const mail = readMail(await readForm(request), product, this);
				const id = `m${String((this.lastId += 1)).padStart(8, '0')}`;
				this.messages.push({ id, at: Date.now(), ...mail });
				// Published for AokSend's second version alone.
				return this.answer(200, 'success', product === 'aoksend' ? { msg_id: id } : {});
			});
		// A page of its own describes it for AokSend; for the other two nothing is known.
		app.post('/index/api/check_account', async (request) => {
			const { fields } = await readForm(request);
			demandKey(fields.app_key, 'aoksend', this);
			return this.answer(200, 'success', { account: this.balanceOf('aoksend') });
		});
	}

	private answer(code: number, message: string, more: object = {}) {
		return { code: this.settings.codeAs === 'text' ? String(code) : code, message, ...more };
	}

	private async refuse(error: unknown, reply: FastifyReply): Promise<unknown> {
		if (error instanceof Refusal) return await reply.code(200).send(this.answer(error.code, error.message));
		const status = (error as { statusCode?: number }).statusCode ?? 500;
		return await reply.code(status).send(bodyOf(status));
	}
}
