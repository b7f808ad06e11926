import type { Sandbox } from '../../sandbox';
import { flow } from '../queue/flows';
import type { WorkflowFile } from './workflows';

/** A panel to take a picture of: one node behind a manual trigger, filled in as somebody would. */
export interface Panel {
	picture: string;
	workflow: WorkflowFile;
	/** Run before the picture; a directory has no stand-in to run against. */
	isRun: boolean;
}

const chosen = (value: unknown, name: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName: name,
});

/** One panel for each service, on what the sandbox holds. */
export function panelsOf(sandbox: Sandbox): Panel[] {
	const list = sandbox.sendpulse.addList('Customers');
	const { audience } = sandbox.mailchimp;
	const person = { to: 'Ana Bauer <ana@yunhe.example>', from: 'People Team <people@yunhe.example>' };
	const [template = ''] = sandbox.aoksend.templates.keys();
	return [
		panel('postmark-panel', 'postmark', {
			resource: 'email',
			operation: 'send',
			...person,
			subject: 'Welcome to Yunhe',
			html: '<p>Your mailbox is ready.</p>',
		}),
		panel('mailchimp-panel', 'mailchimp', {
			resource: 'member',
			operation: 'upsert',
			audience: chosen(audience.id, 'MailOps News'),
			emailAddress: 'ana@yunhe.example',
			tags: 'Berlin, Engineering',
		}),
		panel('sendpulse-panel', 'sendPulse', {
			resource: 'contact',
			operation: 'add',
			list: chosen(list.id, list.name),
			email: 'ana@yunhe.example',
		}),
		panel('aoksend-panel', 'aokSend', {
			resource: 'email',
			operation: 'sendWithTemplate',
			templateId: template,
			to: 'ana@yunhe.example',
		}),
		panel('outlook-panel', 'outlook', {
			resource: 'message',
			operation: 'send',
			to: person.to,
			subject: 'Welcome to Yunhe',
			html: '<p>Your mailbox is ready.</p>',
		}),
		panel('active-directory-panel', 'activeDirectory', { resource: 'user', operation: 'getAll' }, false),
	];
}

function panel(picture: string, node: string, parameters: object, isRun = true): Panel {
	const workflow = flow(picture, [
		{ name: 'When Clicking', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		{ name: 'Step', type: `n8n-nodes-mailops.${node}`, parameters },
	]);
	return { picture, workflow, isRun };
}
