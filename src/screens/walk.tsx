import type { WalkStore } from './store.js';
export async function showWalk(_store: WalkStore): Promise<void> { throw new Error('no screen yet'); }
