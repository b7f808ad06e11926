import type { INodeProperties } from 'n8n-workflow';

/** Elements whose answer is among choices that the form names. */
export const WITH_CHOICES = ['checkbox', 'dropdown', 'radio'];

/** The form that the recipient fills in, with the parameter names of n8n's own forms. */
export const formField: INodeProperties = {
	displayName: 'Form Elements',
	name: 'formFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Form Element',
	default: {},
	displayOptions: { show: { responseType: ['customForm'] } },
	description: 'What the recipient is asked. Each answer comes out under its label.',
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Label',
					name: 'fieldLabel',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. How many days?',
					description: 'What is asked, and the name of the answer in the output',
				},
				{
					displayName: 'Element Type',
					name: 'fieldType',
					type: 'options',
					options: [
						{ name: 'Checkboxes', value: 'checkbox', description: 'Any number of the choices' },
						{ name: 'Date', value: 'date' },
						{ name: 'Dropdown', value: 'dropdown', description: 'One of the choices, from a list' },
						{ name: 'Email', value: 'email' },
						{ name: 'Number', value: 'number' },
						{
							name: 'Radio Buttons',
							value: 'radio',
							description: 'One of the choices, all of them in sight',
						},
						{ name: 'Text Input', value: 'text', description: 'One line' },
						{ name: 'Textarea', value: 'textarea', description: 'Several lines' },
					],
					default: 'text',
					description: 'How it is answered',
				},
				{
					displayName: 'Choices',
					name: 'fieldOptions',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true, sortable: true },
					placeholder: 'Add Choice',
					default: {},
					displayOptions: { show: { fieldType: WITH_CHOICES } },
					description: 'What can be chosen',
					options: [
						{
							displayName: 'Values',
							name: 'values',
							values: [
								{
									displayName: 'Choice',
									name: 'option',
									type: 'string',
									default: '',
									placeholder: 'e.g. Next week',
									description: 'What it says, and what the answer is when it is chosen',
								},
							],
						},
					],
				},
				{
					displayName: 'Required Field',
					name: 'requiredField',
					type: 'boolean',
					default: false,
					description: 'Whether the form can only be sent with an answer to this',
				},
			],
		},
	],
};
