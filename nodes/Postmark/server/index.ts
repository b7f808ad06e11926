import { resource } from '../../../core/node/operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const server = resource({ name: 'Server', value: 'server', operations: [get, getAll] });
