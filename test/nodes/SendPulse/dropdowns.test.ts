import type { INodeType } from 'n8n-workflow';
import { Engine } from '../../../scripts/engine';
import { nodeUnderTest } from '../../support/runNode';
import { useSandbox } from '../../support/services';
import { sendPulseCredential } from './support';

const sandbox = useSandbox();
beforeEach(() => {
	sandbox.current.sendpulse.settings.requestsPerSecond = 1000;
});

async function list(method: string, search?: string) {
	const engine = new Engine();
	const credentials = sendPulseCredential(sandbox.current);
	for (const [name, data] of Object.entries(credentials)) engine.addCredential(name, data);
	const type: INodeType = engine.nodeType('n8n-nodes-mailops.sendPulse');
	const node = nodeUnderTest({ type: 'sendPulse', parameters: {}, credentials });
	return (await type.methods!.listSearch![method]!.call(engine.editor(node), search)).results;
}

test('what a new sandbox has stands in the menus', async () => {
	expect(await list('searchLists')).toEqual([{ name: 'Newsletter', value: '756589' }]);
	expect(await list('searchTemplates')).toEqual([{ name: 'Welcome', value: '7001' }]);
	expect(await list('searchSenders', 'SHOP@')).toEqual([
		{ name: 'Example Shop <shop@example.com>', value: 'shop@example.com' },
	]);
	expect(await list('searchCampaigns')).toEqual([]);
});

test('campaigns: the latest first, found by a part of the name', async () => {
	const ids = Array.from({ length: 130 }, (_, i) => sandbox.current.sendpulse.addCampaign(`No ${i}`).id);
	const all = await list('searchCampaigns');
	expect(all).toHaveLength(130);
	expect(all[0]).toEqual({ name: 'No 129', value: String(ids[129]) });
	expect((await list('searchCampaigns', 'no 12')).map(({ name }) => name)).toEqual(
		[129, 128, 127, 126, 125, 124, 123, 122, 121, 120, 12].map((no) => `No ${no}`),
	);
});
