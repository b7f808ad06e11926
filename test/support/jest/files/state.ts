/** What a module of this project remembers. */
export const state = { visits: 0 };
