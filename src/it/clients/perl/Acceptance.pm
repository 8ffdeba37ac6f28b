# What the scripts for clients in Perl share: the nodes to talk to, and how to check. See
# ../README.md for how a script is started.
package Acceptance;
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));
use Data::Dumper;
use Exporter 'import';
use File::Basename;
use Time::HiRes qw(sleep time);

our @EXPORT = qw($ONE $TWO $CLUSTER key check eventually library ask);
our ($ONE, $TWO) = @ARGV;
die "usage: $0 HOST:PORT HOST:PORT\n" if @ARGV < 2;
our $CLUSTER = $ONE ne $TWO;
my $PATIENCE_S = 60;
$| = 1;

# Returns a key that no other script uses.
sub key { return basename($0) . "-$_[0]" }

sub text {
    local ($Data::Dumper::Indent, $Data::Dumper::Terse, $Data::Dumper::Sortkeys) = (0, 1, 1);
    local $Data::Dumper::Useqq = 1;
    my $value = shift;
    $value = "$value" if defined $value && !ref $value;    # 1 and '1' are the same
    return Dumper($value);
}

# Prints what was found, and ends the script where that is not what was expected.
sub check {
    my ($what, $actual, $expected) = @_;
    my ($is, $should) = (text($actual), text($expected));
    if ($is eq $should) {
        print "ok    $what\n";
        return;
    }
    print "WRONG $what: expected ", substr($should, 0, 200), ', and it is ', substr($is, 0, 200), "\n";
    exit 1;
}

# Awaits that a function returns what is expected; until then it may fail as well.
sub eventually {
    my ($what, $expected, $actual) = @_;
    my $deadline = time + $PATIENCE_S;
    while (1) {
        my $found = eval { $actual->() };
        if (text($found) eq text($expected) || time > $deadline) {
            return check($what, $found, $expected);
        }
        sleep 0.02;
    }
}

# Loads a client, or ends the script as skipped.
sub library {
    my $module = shift;
    return if eval "require $module; 1";
    print "skipped: $module is not installed: $@";
    exit 77;
}

# Asks whoever runs this script for something, and waits until it is done.
sub ask {
    print "\@$_[0]\n";
    return scalar <STDIN>;
}

1;
