import { localObjects } from '../../../adapters/local/index.ts';

/** Writes one object without end, telling its parent after the first part, until somebody kills it. */
const [dir = ''] = process.argv.slice(2);
async function* endless() {
  for (;;) {
    yield Buffer.alloc(65_536, 'x');
    process.send?.('writing');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
await localObjects(dir).putIfAbsent({ bucket: 'bulk', key: 'killed/object' }, endless());
