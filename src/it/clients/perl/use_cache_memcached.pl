# Cache::Memcached: text protocol, pure Perl; the oldest client of all.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Acceptance;

library('Cache::Memcached');

sub connect_to {
    my @nodes = @_;
    return Cache::Memcached->new(
        { servers => [@nodes], connect_timeout => 30, select_timeout => 30, compress_threshold => 10_000 });
}

my $one = connect_to($ONE);
my $two = connect_to($TWO);

check('set that expires', $one->set(key('short'), 'x', 1), 1);

my $thing = { name => 'Grüße', list => [1, 2.5, undef, "\0\r\n"] };
check('set of an object', $one->set(key('object'), $thing), 1);
check('get of an object', $one->get(key('object')), $thing);
check('set of nothing', $one->set(key('empty'), ''), 1);
check('get of nothing', $one->get(key('empty')), '');
check('get of a key that is not there', $one->get(key('absent')), undef);

my %many = map { (key("many$_") => "value $_") } 0 .. 499;
check('500 sets', (scalar grep { $one->set($_, $many{$_}) } keys %many), 500);
check('get_multi', $one->get_multi(sort(keys %many), key('absent')), \%many);

check('add', $one->add(key('added'), 'b'), 1);
check('add where there is one', $one->add(key('added'), 'other') ? 1 : 0, 0);
check('replace', $one->replace(key('added'), 'c'), 1);
check('replace where there is none', $one->replace(key('absent'), 'x') ? 1 : 0, 0);
check('append', $one->append(key('added'), 'd'), 1);
check('prepend', $one->prepend(key('added'), 'b'), 1);
check('get of all that', $one->get(key('added')), 'bcd');

check('set of a number', $one->set(key('number'), 10), 1);
check('incr', $one->incr(key('number'), 5), 15);
check('decr below 0', $one->decr(key('number'), 100) + 0, 0);
check('incr where there is none', $one->incr(key('absent'), 1) || 0, 0);

check('delete', $one->delete(key('added')), 1);
check('delete where there is none', $one->delete(key('added')) ? 1 : 0, 0);

my $large = join '', map { chr int rand 256 } 1 .. 900_000;
check('set of 900 kB', $one->set(key('large'), $large), 1);
check('get of 900 kB', $one->get(key('large')) eq $large, 1);
check('set of 5 MB that compresses', $one->set(key('compressed'), 'abc' x 1_700_000), 1);
check('get of it', $one->get(key('compressed')) eq 'abc' x 1_700_000, 1);

eventually('object on node two', $thing, sub { $two->get(key('object')) });
eventually('900 kB on node two', 1, sub { $two->get(key('large')) eq $large });
eventually('delete on node two', undef, sub { $two->get(key('added')) });

my $stats = $one->stats(['misc', 'malloc', 'items']);
check('stats', $stats->{hosts}{$ONE}{misc}{cmd_get} > 0, 1);
check('version', $stats->{hosts}{$ONE}{misc}{version} =~ /^1\.6\./, 1);

eventually('set that expires is gone', undef, sub { $one->get(key('short')) });

ask('restart');
eventually('set after the restart', 1, sub { $one->forget_dead_hosts; $one->set(key('after'), 'x') });
check('get after the restart', $one->get(key('after')), 'x');
check('what was there before', $one->get(key('object')), $thing) if $CLUSTER;

ask('flush');
check('set before flush_all', $one->set(key('flushed'), 'x'), 1);
check('flush_all', $one->flush_all, 1);
check('get after flush_all', $one->get(key('flushed')), undef);
eventually('on node two as well', undef, sub { $two->get(key('after')) });
$one->disconnect_all;
