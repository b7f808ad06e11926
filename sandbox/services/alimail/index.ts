import { z } from 'zod';
import { type Credential, standIn } from '../../shell/standIn';
import type { App } from './apps';
import { bodyOf } from './errors';
import { departmentsView } from './page/departments';
import { mailboxesView } from './page/mailboxes';
import { messagesView } from './page/messages';
import { company } from './samples';
import type { Seed } from './seed';
import { AlimailService } from './service';
import { alimailSettings } from './settings';

const person = z.object({ email: z.string().min(3) }).passthrough();
const department = z.union([
	z.string(),
	z.strictObject({ path: z.string(), id: z.string().optional(), email: z.string().optional() }),
	z.strictObject({ name: z.string(), parentId: z.string().optional(), id: z.string().optional() }),
]);

export const alimail = standIn({
	name: 'alimail',
	title: 'Alimail',
	node: 'Alimail',
	create: ({ url, speed }) => new AlimailService(url, speed),
	exactPaths: true,
	errorBody: bodyOf,
	settings: {
		schema: alimailSettings,
		input: alimailSettings.partial().extend({
			/** Moves the clock of the service. */
			moveDays: z.number().optional(),
		}),
		change(service, { moveDays, ...settings }) {
			Object.assign(service.settings, settings);
			service.clock.moveDays(Number(moveDays ?? 0));
		},
	},
	faults: {
		tokenRevoked: {
			on: /^\/v2\//,
			play: (service, request) => service.apps.revoke(request.headers.authorization),
		},
	},
	seed: {
		schema: z.strictObject({
			domains: z.array(z.string()).optional(),
			departments: z.array(department).optional(),
			users: z.array(person).optional(),
		}),
		sow(service, records: Seed) {
			const { users, departments } = service.seed(records);
			return { users: users.length, departments: departments.length };
		},
	},
	sample: (service) => void service.seed(company()),
	credentials: (service): Credential[] => [
		{
			type: 'mailOpsAlimailApi',
			name: 'Alimail (sandbox)',
			data: {
				site: 'custom',
				baseUrl: service.url,
				appId: service.appId,
				appSecret: service.appSecret,
				requestsPerSecond: 40,
			},
			nodes: ['alimail', 'alimailTrigger'],
		},
	],
	notes: (service) => [
		...service.apps.list().map(appLine),
		`Domains: ${service.directory.domains.map(({ domain }) => domain).join(', ')}`,
	],
	summary: ({ directory, apps, rate }) => ({
		users: directory.users.size,
		departments: directory.departments.size,
		domains: directory.domains.map(({ domain }) => domain),
		tokensIssued: apps.issued,
		peakPerSecond: rate.peak,
		refused: rate.refused,
	}),
	figures: ({ rate, settings }) => [
		[`Alimail peak in a second (limit ${settings.requestsPerSecond})`, rate.peak],
		['over that limit', rate.refused],
	],
	views: [mailboxesView, departmentsView, messagesView],
	presets: [
		['429 for the next 5', { kind: 'status', status: 429, pathPattern: '^/v2/', times: 5 }],
		['503 once', { kind: 'status', status: 503, pathPattern: '^/v2/' }],
		['token revoked', { kind: 'tokenRevoked', pathPattern: '^/v2/' }],
		['answer to a create lost', { kind: 'resetAfter', method: 'POST', path: '/v2/users' }],
	],
});

function appLine({ id, secret, label }: App): string {
	return `App ID ${id.padEnd(16)} Secret ${secret.padEnd(22)} (${label})`;
}
