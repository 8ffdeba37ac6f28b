'use strict';
// memjs: binary protocol.

const crypto = require('node:crypto');
const { ONE, TWO, CLUSTER, key, check, eventually, refused, ask, library, run } = require('./acceptance');

const { Client } = library('memjs');
const logger = { log() {} };
const connect = (...nodes) => Client.create(nodes.join(','), {
  timeout: 30, conntimeout: 30, retries: 3, retry_delay: 0.05, failover: true, failoverTime: 0.1, logger,
});

run(async () => {
  const one = connect(ONE);
  const two = connect(TWO);
  const get = async (client, name) => String((await client.get(key(name))).value);

  check('set that expires', await one.set(key('short'), 'x', { expires: 1 }));

  check('set of text', await one.set(key('text'), '☃ snow'));
  check('get of text', await get(one, 'text'), '☃ snow');
  const bytes = Buffer.from([0, 255, 13, 10]);
  check('set of bytes', await one.set(key('bytes'), bytes));
  check('get of bytes', (await one.get(key('bytes'))).value, bytes);
  check('set of nothing', await one.set(key('empty'), ''));
  check('get of nothing', await get(one, 'empty'), '');
  check('get of a key that is not there', (await one.get(key('absent'))).value, null);

  const many = Array.from({ length: 500 }, (_, i) => `many${i}`);
  check('500 sets at once', (await Promise.all(many.map((n) => one.set(key(n), n)))).every(Boolean));
  check('500 gets at once', await Promise.all(many.map((n) => get(one, n))), many);

  check('add where there is one', await one.add(key('text'), 'other'), false);
  check('add', await one.add(key('added'), 'b'));
  check('replace where there is none', await one.replace(key('absent'), 'x'), false);
  check('replace', await one.replace(key('added'), 'c'));
  check('append', await one.append(key('added'), 'd'));
  check('prepend, for which memjs 1.3 sends an append', await one.prepend(key('added'), 'e'));
  check('get of all that', await get(one, 'added'), 'cde');
  await refused('append where there is none', () => one.append(key('absent'), 'x'));

  const count = async (what, amount, options) => (await one[what](key('number'), amount, options)).value;
  check('increment with an initial value', await count('increment', 5, { initial: 10 }), 10);
  check('increment', await count('increment', 5, {}), 15);
  check('decrement below 0', await count('decrement', 100, {}), 0);
  await refused('increment of text', async () => (await one.increment(key('added'), 1, {})).success);

  check('touch', await one.touch(key('text'), 10000));
  check('touch where there is none', await one.touch(key('absent'), 10000), false);
  check('delete', await one.delete(key('added')));
  check('delete where there is none', await one.delete(key('added')), false);

  const large = crypto.randomBytes(900000);
  check('set of 900 kB', await one.set(key('large'), large));
  check('get of 900 kB', (await one.get(key('large'))).value, large);
  await refused('set of over 1 MB', () => one.set(key('larger'), crypto.randomBytes(1100000)));

  for (const name of ['!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', 'with blanks and\r\nlines', 'Schlüssel', 'l'.repeat(200)]) {
    check(`set of the key ${JSON.stringify(name)}`, await one.set(key(name), name));
    check('get of it', await get(one, name), name);
    await eventually('get of it on node two', name, () => get(two, name));
  }

  await eventually('900 kB on node two', large, async () => (await two.get(key('large'))).value);
  await eventually('delete on node two', null, async () => (await two.get(key('added'))).value);
  await eventually('number on node two', '0', async () => (await get(two, 'number')).trim());

  const stats = await new Promise((resolve, reject) => {
    one.stats((e, server, values) => (e ? reject(e) : resolve(values)));
  });
  check('stats', Number(stats.cmd_get) > 0 && stats.version.startsWith('1.6.'));

  await eventually('set that expires is gone', null, async () => (await one.get(key('short'))).value);

  // Two nodes in one client: it spreads keys over them, and goes to the other when one is down.
  const both = connect(ONE, TWO);
  const spread = Array.from({ length: 20 }, (_, i) => `spread${i}`);
  check('20 sets by both', (await Promise.all(spread.map((n) => both.set(key(n), n)))).every(Boolean));
  for (const name of spread) {
    await eventually(`get ${name} on node one`, name, () => get(one, name));
    await eventually(`get ${name} on node two`, name, () => get(two, name));
  }

  await ask('restart');
  await eventually('set after the restart', true, () => one.set(key('after'), 'x'));
  check('get after the restart', await get(one, 'after'), 'x');
  if (CLUSTER) {
    check('what was there before', await get(one, 'text'), '☃ snow');
    for (const name of spread) {
      await eventually(`get ${name} by both`, name, () => get(both, name));
    }
  }

  await ask('flush');
  check('set before flush', await one.set(key('flushed'), 'x'));
  check('flush', Object.values((await one.flush())).every(Boolean));
  check('get after flush', (await one.get(key('flushed'))).value, null);
  await eventually('on node two as well', null, async () => (await two.get(key('after'))).value);
  one.quit();
});
