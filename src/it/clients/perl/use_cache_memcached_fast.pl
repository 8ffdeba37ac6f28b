# Cache::Memcached::Fast: text protocol, in C.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Acceptance;

library('Cache::Memcached::Fast');

sub connect_to {
    my @nodes = @_;
    return Cache::Memcached::Fast->new({
        servers => [@nodes], utf8 => 1, connect_timeout => 30, io_timeout => 30, nowait => 0,
        max_failures => 0, compress_threshold => 10_000,
    });
}

my $one = connect_to($ONE);
my $two = connect_to($TWO);

check('set that expires', $one->set(key('short'), 'x', 1), 1);

my $thing = { name => 'Grüße', list => [1, 2.5, undef, "\0\r\n"] };
my %values = (object => $thing, text => '☃ snow', empty => '', int => 4711);
for my $name (sort keys %values) {
    check("set of $name", $one->set(key($name), $values{$name}), 1);
    check("get of $name", $one->get(key($name)), $values{$name});
}
check('get of a key that is not there', $one->get(key('absent')), undef);

my %many = map { (key("many$_") => "value $_") } 0 .. 499;
my $results = $one->set_multi(map { [$_, $many{$_}] } sort keys %many);
check('set_multi', (scalar grep { $_ } values %$results), 500);
check('get_multi', $one->get_multi(sort(keys %many), key('absent')), \%many);
my @half = (sort keys %many)[0 .. 249];
check('delete_multi', (scalar grep { $_ } $one->delete_multi(@half)), 250);
check('get_multi after delete_multi', scalar keys %{ $one->get_multi(keys %many) }, 250);

check('add where there is one', $one->add(key('text'), 'other') ? 1 : 0, 0);
check('add', $one->add(key('added'), 'b'), 1);
check('replace where there is none', $one->replace(key('absent'), 'x') ? 1 : 0, 0);
check('replace', $one->replace(key('added'), 'c'), 1);
check('append', $one->append(key('added'), 'd'), 1);
check('prepend', $one->prepend(key('added'), 'b'), 1);
check('get of all that', $one->get(key('added')), 'bcd');
check('append where there is none', $one->append(key('absent'), 'x') ? 1 : 0, 0);

my ($unique, $value) = @{ $one->gets(key('added')) };
check('gets', $value, 'bcd');
check('cas that wins', $one->cas(key('added'), $unique, 'won'), 1);
check('cas that loses', $one->cas(key('added'), $unique, 'lost') ? 1 : 0, 0);
check('cas where there is none', $one->cas(key('absent'), $unique, 'x') ? 1 : 0, 0);
check('get after them', $one->get(key('added')), 'won');
check('gets_multi', scalar keys %{ $one->gets_multi(key('added'), key('text'), key('absent')) }, 2);

check('set of a number', $one->set(key('number'), 10), 1);
check('incr', $one->incr(key('number'), 5), 15);
check('decr below 0', $one->decr(key('number'), 100) + 0, 0);
check('incr where there is none', $one->incr(key('absent'), 1) || 0, 0);
check('incr of text', $one->incr(key('added'), 1) || 0, 0);
check('incr_multi', scalar keys %{ $one->incr_multi([key('number'), 2], [key('int'), 2]) }, 2);
check('get after incr_multi', $one->get(key('int')), 4713);

check('touch', $one->touch(key('text'), 10000), 1);
check('touch where there is none', $one->touch(key('absent'), 10000) ? 1 : 0, 0);
check('gat', $one->gat(20000, key('text')), '☃ snow');
check('gats', $one->gats(20000, key('text'))->[1], '☃ snow');
check('gat_multi', scalar keys %{ $one->gat_multi(20000, key('text'), key('int'), key('absent')) }, 2);
check('delete', $one->delete(key('added')), 1);
check('delete where there is none', $one->delete(key('added')) ? 1 : 0, 0);

my $large = join '', map { chr int rand 256 } 1 .. 900_000;
check('set of 900 kB', $one->set(key('large'), $large), 1);
check('get of 900 kB', $one->get(key('large')) eq $large, 1);
check('set of 5 MB that compresses', $one->set(key('compressed'), 'abc' x 1_700_000), 1);
check('get of it', $one->get(key('compressed')) eq 'abc' x 1_700_000, 1);

for my $name ("!\"#\$%&'()*+,-./:;<=>?@[\\]^_`{|}~", 'Schlüssel', 'ключ☃', 'l' x 200) {
    my $raw = key($name);
    utf8::encode($raw);
    check("set of the key $name", $one->set($raw, $name), 1);
    check("get of the key $name", $one->get($raw), $name);
}

eventually('object on node two', $thing, sub { $two->get(key('object')) });
eventually('900 kB on node two', 1, sub { $two->get(key('large')) eq $large });
eventually('5 MB on node two', 1, sub { $two->get(key('compressed')) eq 'abc' x 1_700_000 });
eventually('number on node two', '2', sub { $two->get(key('number')) + 0 });
eventually('delete on node two', undef, sub { $two->get(key('added')) });
eventually('the same cas unique on both', $one->gets(key('text')), sub { $two->gets(key('text')) });
check("cas of node one's unique on node two",
    $two->cas(key('text'), $one->gets(key('text'))->[0], 'from two'), 1);
eventually('it on node one', 'from two', sub { $one->get(key('text')) });

check('server_versions', scalar(grep { /^1\.6\./ } values %{ $one->server_versions }), 1);

eventually('set that expires is gone', undef, sub { $one->get(key('short')) });

# Without replies: as many as wanted, and nowait_push to know that they have arrived.
my $fast = Cache::Memcached::Fast->new({ servers => [$ONE], nowait => 1, io_timeout => 30 });
$fast->set(key("fast$_"), $_) for 1 .. 500;
$fast->nowait_push;
check('500 sets that wait for nothing',
    scalar keys %{ $fast->get_multi(map { key("fast$_") } 1 .. 500) }, 500);

# Two nodes in one client, spread by ketama: no harm where both hold all.
my $both = Cache::Memcached::Fast->new(
    { servers => [$ONE, $TWO], ketama_points => 150, io_timeout => 30, connect_timeout => 30 });
check("set $_ by ketama", $both->set(key("ketama$_"), $_), 1) for 1 .. 20;
for my $i (1 .. 20) {
    eventually("get $i on node one", $i, sub { $one->get(key("ketama$i")) });
    eventually("get $i on node two", $i, sub { $two->get(key("ketama$i")) });
}

ask('restart');
eventually('set after the restart', 1, sub { $one->set(key('after'), 'x') });
check('get after the restart', $one->get(key('after')), 'x');
check('what was there before', $one->get(key('object')), $thing) if $CLUSTER;
eventually('ketama after the restart', 20, sub { scalar grep { $both->set(key("ketama$_"), 'a') } 1 .. 20 });

ask('flush');
check('set before flush_all', $one->set(key('flushed'), 'x'), 1);
check('flush_all', scalar(grep { $_ } values %{ $one->flush_all }), 1);
check('get after flush_all', $one->get(key('flushed')), undef);
eventually('on node two as well', undef, sub { $two->get(key('after')) });
$one->disconnect_all;
