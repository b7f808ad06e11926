import { n8nCommunityNodesPlugin as community } from '@n8n/eslint-plugin-community-nodes';
import tsParser from '@typescript-eslint/parser';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const parsed = { languageOptions: { parser: tsParser } };
const base = { plugins: { 'n8n-nodes-base': nodesBase } };
/** Runtime dependencies that cost n8n's start too much: required where they are first used. */
const loadedLate = ['html-to-text', 'ldapts', 'lossless-json', 'nodemailer/lib/mime-funcs/mime-types'];
const published = ['nodes/**/*.ts', 'credentials/**/*.ts', 'core/**/*.ts'];

export default [
	{
		ignores: [
			'dist/**',
			'node_modules/**',
			'coverage/**',
			'output/**',
			'scripts/n8n/**/node_modules/**',
			'.n8n-run/**',
		],
	},
	...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts'] })),
	{
		files: ['**/*.ts'],
		rules: {
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
			],
		},
	},
	{
		...community.configs.recommendedWithoutN8nCloudSupport,
		files: [...published, 'package.json'],
		...parsed,
		rules: {
			...community.configs.recommendedWithoutN8nCloudSupport.rules,
			// The pack is for self-hosted n8n: it talks through kept libraries (mail parsing, HTML to text, Redis) rather
			// than through copies of them, and n8n installs a package's dependencies beside it.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
			// Everything below a node throws the pack's own ServiceError; core/node/run/run.ts alone turns it into n8n's errors.
			'@n8n/community-nodes/require-node-api-error': 'off',
		},
	},
	{ ...base, ...parsed, files: ['package.json'], rules: nodesBase.configs.community.rules },
	{
		...base,
		...parsed,
		files: ['credentials/**/*.ts'],
		rules: {
			...nodesBase.configs.credentials.rules,
			// Both contradict the community plugin, which wants URLs and hidden secrets; n8n switches them off too.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		...base,
		...parsed,
		files: ['nodes/**/*.ts'],
		rules: {
			...nodesBase.configs.nodes.rules,
			// Written for 'main' as a string; the community plugin wants NodeConnectionTypes. n8n switches these off too.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: published,
		// What cannot hold is switched off here, with its reason, and nowhere else.
		linterOptions: { noInlineConfig: true },
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'no-console': 'error',
			complexity: ['error', 15],
			'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-require-imports': ['error', { allow: loadedLate.map((name) => `^${name}$`) }],
		},
	},
];
