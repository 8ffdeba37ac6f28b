'use strict';
// memcache over TLS.
//
// Arguments: HOST:PORT of a node whose certificate is for that host, and the file of its authority.

const fs = require('node:fs');
const [server, authority] = process.argv.slice(2);
process.argv[3] = server;
const { key, check, refused, library, run } = require('./acceptance');

const { Memcache } = library('memcache');
const connect = (tls) => new Memcache({ nodes: [server], timeout: 30000, tls });

run(async () => {
  const client = connect({ ca: fs.readFileSync(authority) });
  const large = 'x'.repeat(900000);
  check('set', await client.set(key('k'), large));
  check('get', await client.get(key('k')), large);
  await refused('an authority that it does not know', () => connect(true).set(key('k'), 'y'));
  check('get after that', await client.get(key('k')), large);
});
