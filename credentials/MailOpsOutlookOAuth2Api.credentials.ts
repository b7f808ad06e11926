import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { cloudFields, CLOUDS, limitFields } from '../nodes/Outlook/clouds';
import { ACCESS, SCOPE_EXPRESSION } from '../nodes/Outlook/permissions';

/** The sign-in address of the chosen cloud, as an expression: n8n takes no function there. */
const login = (end: string): string =>
	`={{ ($self["cloud"] === "other" ? $self["loginUrl"] : (${JSON.stringify(
		Object.fromEntries(Object.entries(CLOUDS).map(([key, cloud]) => [key, cloud.login])),
	)}[$self["cloud"]] || "${CLOUDS.global!.login}")) + "/" + ($self["tenant"] || "common") + "/oauth2/v2.0/${end}" }}`;

/** A person signs in; n8n keeps and renews the token (https://learn.microsoft.com/graph/auth-v2-user). Tested by the Outlook node. */
export class MailOpsOutlookOAuth2Api implements ICredentialType {
	name = 'mailOpsOutlookOAuth2Api';
	displayName = 'MailOps Outlook OAuth2 API';
	extends = ['oAuth2Api'];
	icon = {
		light: 'file:../nodes/Outlook/outlook.svg',
		dark: 'file:../nodes/Outlook/outlook.dark.svg',
	} as const;
	documentationUrl = 'https://github.com/mailops/n8n-nodes-mailops/blob/main/docs/outlook.md';
	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'pkce' },
		...cloudFields,
		{
			displayName: 'Tenant',
			name: 'tenant',
			type: 'string',
			default: 'common',
			description:
				'The Directory (tenant) ID from the app’s Overview. “common” does for an app that is registered for any organization.',
		},
		{
			displayName: 'Permissions',
			name: 'access',
			type: 'multiOptions',
			options: Object.entries(ACCESS).map(([value, { name, description }]) => ({ name, value, description })),
			default: [],
			description:
				'What the workflows may do. Nothing chosen means Read and Change Mail and Send Mail. After a change, connect the account again.',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: login('authorize'),
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			typeOptions: { password: true },
			default: login('token'),
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: SCOPE_EXPRESSION },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: 'response_mode=query&prompt=select_account',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		...limitFields,
	];
}
