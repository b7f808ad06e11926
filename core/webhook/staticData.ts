import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

const EVERY_MS = 3;
const LONGEST_MS = 30_000;

/**
 * Has n8n store what a call changed in static data. n8n 2.41 looks whether it was changed when it answers the call, but
 * before that it puts a second workflow object around the same data to start the execution, which takes the mark of
 * the change away (workflow-runner.js, establishContextForPersistence). So the change is made again until the call is
 * answered; where n8n stores it anyway, that does nothing.
 */
export function persistStaticData(context: IWebhookFunctions, changes: object): void {
	const state: IDataObject = context.getWorkflowStaticData('node');
	Object.assign(state, changes);
	const again = setInterval(() => Object.assign(state, changes), EVERY_MS).unref();
	const last = setTimeout(() => clearInterval(again), LONGEST_MS).unref();
	context.getResponseObject().once('close', () => {
		clearInterval(again);
		clearTimeout(last);
	});
}
