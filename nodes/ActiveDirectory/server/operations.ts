import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../core/node/operation';
import type { Directory } from '../connection';
import { testSteps } from '../steps';
import { Decoder } from '../values/decode';

export const testConnection = perItem({
	name: 'Test Connection',
	value: 'testConnection',
	action: 'Test the connection to the directory',
	description: 'Go step by step from the name of the server to the base, and say which step fails',
	fields: [],
	read: () => undefined,
	async *call(_, directory: Directory) {
		for await (const step of testSteps(directory.settings, directory.options)) yield { ...step };
	},
});

export const getInfo = perItem({
	name: 'Get Info',
	value: 'getInfo',
	action: 'Get info about the directory',
	description: 'Read what the server says of itself: its kind, where it begins, what it can do',
	fields: [],
	read: () => undefined,
	async call(_, directory: Directory): Promise<IDataObject> {
		const { kind, baseDn, entry } = await directory.rootDse();
		const { dn: _dn, ...attributes } = new Decoder(await directory.schema(), []).row(entry) as IDataObject;
		return { server: directory.server ?? '', kind, baseDn, ...attributes };
	},
});
