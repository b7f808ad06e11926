import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { credentialTypes } from '../../scripts/engine/nodeTypes';

const signing = [...credentialTypes('source')].filter(
	([name, { authenticate }]) => name.startsWith('mailOps') && authenticate !== undefined,
);

test('the pack has credentials that sign requests', () => {
	expect(signing.length).toBeGreaterThan(4);
});

test.each(signing)('%s signs by a function, and leaves the rest of the request as it is', async (_, type) => {
	// n8n evaluates a declared form anew for each request.
	if (typeof type.authenticate !== 'function') throw new Error('It declares expressions.');
	const data: ICredentialDataDecryptedObject = {};
	for (const { name } of type.properties) data[name] = `secret of ${name}`;
	const request: IHttpRequestOptions = { url: '/things', headers: { 'X-Given': 'given' } };
	const signed = await type.authenticate(data, request);
	expect(signed).toMatchObject({ url: '/things', headers: { 'X-Given': 'given' } });
	expect(JSON.stringify(signed)).toContain('secret of ');
	expect(request).toEqual({ url: '/things', headers: { 'X-Given': 'given' } });
});
