import type { INodeParameters } from 'n8n-workflow';

export const OURS = 'n8n-nodes-mailops.sendPulse';
export const CREDENTIAL = 'mailOpsSendPulseApi';

/** Contact → Add, each with a variable. */
export const addForm = (list: number): INodeParameters => ({
	resource: 'contact',
	operation: 'add',
	list: { __rl: true, mode: 'id', value: String(list) },
	email: '={{ $json.email }}',
	variables: { variable: [{ name: 'FirstName', type: 'text', value: '={{ $json.name }}' }] },
});
