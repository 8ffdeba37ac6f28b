<?php
// php-memcached saying who it is, with the right password and a wrong one.
//
// Arguments: HOST:PORT USER:PASSWORD.

[, $server, $credentials] = $argv;
$argv[2] = $server;
require __DIR__ . '/acceptance.php';
[$user, $password] = explode(':', $credentials, 2);

function connect(?string $user, string $password): Memcached
{
    $client = new Memcached();
    $client->setOption(Memcached::OPT_BINARY_PROTOCOL, true);
    [$host, $port] = explode(':', ONE);
    if ($user !== null) {
        $client->setSaslAuthData($user, $password);
    }
    $client->addServer($host, (int) $port);
    return $client;
}

$client = connect($user, $password);
check('set', $client->set(key_for('k'), 'x'));
check('get', $client->get(key_for('k')), 'x');
check('set with a wrong password', connect($user, 'wrong')->set(key_for('k'), 'y'), false);
check('set by nobody', connect(null, '')->set(key_for('k'), 'y'), false);
check('get after that', $client->get(key_for('k')), 'x');
