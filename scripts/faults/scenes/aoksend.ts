import type { AokSendService } from '../../../sandbox';
import type { Scene, Scenes } from '../scene';

const PEOPLE = [{ to: 'ana@yunhe.example' }, { to: 'ben@yunhe.example' }];

const sentTo = ({ messages }: AokSendService, address: string | undefined): number =>
	messages.filter(({ to }) => to === address).length;

/** One email for each of two people. */
const mails = (service: AokSendService, operation: string, parameters: object): Scene => ({
	parameters: { resource: 'email', operation, to: '={{ $json.to }}', ...parameters } as Scene['parameters'],
	items: PEOPLE,
	times: (item) => sentTo(service, PEOPLE[item]?.to),
});

export const aoksend: Scenes<AokSendService> = {
	node: 'aokSend',
	scenes: {
		'email.sendWithTemplate': (service) =>
			mails(service, 'sendWithTemplate', { templateId: 'E_100000000001', valuesFrom: 'item' }),
		'email.sendWithTemplate: a template nobody has': (service) => ({
			...mails(service, 'sendWithTemplate', { templateId: 'E_9', valuesFrom: 'item' }),
			isRefused: true,
		}),
		'email.send': (service) => {
			service.settings.credentialFor = 'fengemail';
			return mails(service, 'send', { subject: 'Hello', html: '<p>Hello</p>' });
		},
		'custom.request': (service) => ({
			parameters: {
				resource: 'custom',
				operation: 'request',
				path: '/index/api/send_email',
				fields: JSON.stringify({ to: PEOPLE[0]!.to, template_id: 'E_100000000001' }),
			},
			times: () => sentTo(service, PEOPLE[0]!.to),
		}),
	},
};
