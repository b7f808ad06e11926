import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from './account';
import { invalid, missing, SendPulseError } from './errors';
import { bodyOf, listOf, page } from './lists';
import { type Campaign, nowStamp } from './records';

const HOUR = 3_600_000;

/** `/campaigns` and what is asked of one (official description, bulk-email.yaml; answers as public clients show them). */
export function campaignRoutes(app: FastifyInstance, account: Account): void {
	const { campaigns } = account;
	app.post('/campaigns', async (request) => create(bodyOf(request), account));
	app.get('/campaigns', async (request) => {
		const { order } = request.query as { order?: string };
		const all = [...campaigns.values()];
		return page(order === 'desc' ? all.toReversed() : all, request).map(viewOf);
	});
	app.get('/campaigns/:id', async (request) => {
		const found = campaignOf(request, account);
		return {
			...viewOf(found),
			send_date: found.sendDate || nowStamp(found.at),
			statistics: statisticsOf(found),
		};
	});
	app.patch('/campaigns/:id', async (request) => {
		const found = campaignOf(request, account);
		if (found.status === 3 || found.status === 5) throw gone();
		const { name, subject, send_date: date } = bodyOf(request) as Record<string, string | undefined>;
		if (date !== undefined) found.sendDate = demandDate(date);
		if (name !== undefined) found.name = name;
		if (subject !== undefined) found.subject = subject;
		return { result: true, id: found.id };
	});
	app.delete('/campaigns/:id', async (request) => {
		const found = campaignOf(request, account);
		if (found.status === 3 || found.status === 5) throw gone();
		found.status = 5;
		return { result: true };
	});
	app.get('/campaigns/:id/countries', async (request) =>
		campaignOf(request, account).status === 3 ? { DE: 2, CN: 1 } : {},
	);
	app.get('/campaigns/:id/referrals', async (request) =>
		campaignOf(request, account).status === 3 ? [{ link: 'https://example.com/sale', count: 3 }] : [],
	);
	app.get('/campaigns/:id/email/:email', async (request) => {
		const found = campaignOf(request, account);
		const { email } = request.params as { email: string };
		const isIn = found.lists.some((id) => account.lists.get(id)?.contacts.has(email.toLowerCase()));
		if (!isIn) throw new SendPulseError(404, 502, 'Email not found');
		return {
			sent_date: nowStamp(found.at),
			global_status: 1,
			global_status_explain: 'Sent',
			detail_status: 3,
			detail_status_explain: 'Opened',
		};
	});
	app.get('/addressbooks/:id/campaigns', async (request) => {
		const list = listOf(request, account);
		const own = [...campaigns.values()].filter(({ lists }) => lists.includes(list.id));
		return page(own, request).map(({ id, name, status }) => ({
			task_id: id,
			task_name: name,
			task_status: status,
		}));
	});
}

const gone = () => invalid('Campaign not found or already sent', 602);

function campaignOf(request: FastifyRequest, { campaigns }: Account): Campaign {
	const found = campaigns.get(Number((request.params as { id: string }).id));
	if (found === undefined) throw new SendPulseError(404, 802, 'Campaign not found');
	return found;
}

const viewOf = ({ id, name, subject, senderName, senderEmail, lists, status, count, files }: Campaign) => ({
	id,
	name,
	message: {
		sender_name: senderName,
		sender_email: senderEmail,
		subject,
		attachments: files.join(','),
		list_id: lists[0] ?? 0,
	},
	status,
	all_email_qty: count,
	tariff_email_qty: count,
	paid_email_qty: 0,
	overdraft_price: 0,
	ovedraft_currency: 'USD',
});

const statisticsOf = ({ count }: Campaign) => [
	{ code: 1, count, explain: 'Sent' },
	{ code: 2, count, explain: 'Delivered' },
	{ code: 3, count: 0, explain: 'Opened' },
];

type Body = Record<string, unknown>;

function create(body: Body, account: Account) {
	const { sender_name: senderName, sender_email: senderEmail, subject } = body as Record<string, string>;
	if (!account.senders.has(senderEmail!.toLowerCase())) throw invalid('Sender not found', 704);
	const html = wordsOf(body, account);
	const lists = listsOf(body, account);
	const sendDate = body.send_date === undefined ? '' : demandDate(String(body.send_date));
	const files = filesOf(body);
	if (body.is_test === true) {
		account.tests.push({ to: senderEmail!, subject: subject! });
		return { id: account.newId(), ...answerOf(13, 1) };
	}
	demandQuota(account);
	const count = countOf(lists, account);
	if (count === 0 && body.segment_id === undefined) throw invalid('Mailing list is empty', 211);
	const id = account.newId();
	const campaign: Campaign = {
		id,
		name: String(body.name || `Campaign_${id}`),
		subject: subject!,
		senderName: senderName!,
		senderEmail: senderEmail!,
		html,
		lists,
		...(body.segment_id === undefined ? {} : { segment: Number(body.segment_id) }),
		at: Date.now(),
		sendDate,
		status: body.type === 'draft' ? 26 : 13,
		count,
		files,
	};
	account.campaigns.set(id, campaign);
	return { id, ...answerOf(campaign.status, count) };
}

const answerOf = (status: number, count: number) => ({
	status,
	count,
	tariff_email_qty: count,
	overdraft_price: '0.0044',
	ovedraft_currency: 'USD',
});

function wordsOf(body: Body, { templates }: Account): string {
	const { body: words, template_id: template } = body;
	if (template !== undefined) {
		const found = templates.get(String(template));
		if (found === undefined) throw invalid('Template not found', 31);
		return found.html;
	}
	if (typeof words !== 'string' || words === '') throw invalid('Message is empty', 721);
	return Buffer.from(words, 'base64').toString('utf8');
}

function listsOf({ list_id: list, segment_id: segment }: Body, { lists }: Account): number[] {
	if (list === undefined && segment === undefined) throw missing('list_id', 722);
	const ids = list === undefined ? [] : (Array.isArray(list) ? list : [list]).map(Number);
	if (ids.length > 10) throw invalid('Limit is exceeded. Max count: 10');
	if (ids.some((id) => !lists.has(id))) throw new SendPulseError(404, 703, 'Mailing list not found');
	return ids;
}

const countOf = (ids: number[], { lists }: Account) =>
	new Set(
		ids.flatMap((id) =>
			[...(lists.get(id)?.contacts.values() ?? [])]
				.filter(({ status }) => status !== 3)
				.map(({ email }) => email),
		),
	).size;

/** "Y-m-d H:i:s" and not past; in which zone is not published: the sandbox's is UTC. */
function demandDate(text: string): string {
	if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) || Date.parse(`${text.replace(' ', 'T')}Z`) < Date.now())
		throw invalid('Invalid date or the date is past', 799);
	return text;
}

function filesOf({ attachments = {}, attachments_binary: binary = {} }: Body): string[] {
	const names = [attachments, binary].flatMap((files) =>
		typeof files === 'object' && files !== null ? Object.keys(files) : [],
	);
	if (names.length > 5) throw invalid('Attachments limit is exceeded. Max count: 5');
	return names;
}

function demandQuota({ campaigns, settings }: Account): void {
	const since = Date.now() - HOUR;
	const recent = [...campaigns.values()].filter(({ at }) => at > since).length;
	if (recent >= settings.campaignsPerHour)
		throw invalid('You can create no more than 4 campaigns per hour through the API', 791);
}
