import { resource } from '../../../core/node/operation';
import { get, getAll, remove, upload } from './operations';

export const file = resource({
	name: 'File',
	value: 'file',
	description: 'The File Manager: images and files for campaigns',
	operations: [upload, getAll, get, remove],
});
