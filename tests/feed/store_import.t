#!/usr/bin/perl
# An import of more files than go into a transaction: all are stored, in their
# order, by few readers; and a document that kills or refuses the reader is lost alone.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::RealBin;
use Encode ();
use Test::More;
use PollWorld;

plan skip_all => 'tomozuna-feed is not built' if !Tomozuna::Private::program('feed');
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

my $FILES = 450;
my $w = world();
my $now = time - time % 60;
my %bad = (
    120 => '<!DOCTYPE a><rss><channel><item><title>x</title></item></channel></rss>',
    250 => '<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control/><Head>' . '<a>b</a>' x 1_800_000 . '</Head></Report>',
);
my @text = map { $bad{$_} // telegram(at => $now - 60 * ($FILES - $_), kinds => [['03', "大雨警報$_", '発表']]) } 1 .. $FILES;

# How often the program has started a reader: strace says each fork.
sub readers { my ($log) = @_; return scalar(() = Tomozuna::Private::slurp($log) =~ /clone\((?!.*CLONE_THREAD)/g) }

my $said = $w->import_documents(@text);
like($said, qr/^$FILES telegrams: 0 known, 2 refused; @{[$FILES - 2]} bulletins/m, 'all but two are read');
is($w->value('SELECT COUNT(*) FROM feed_telegram'), $FILES, 'all are stored, also those two');
my @why = $w->sql('SELECT refused FROM feed_telegram WHERE refused IS NOT NULL ORDER BY id');
like($why[0], qr/document type/, '  with the reason: one that it must not have');
like($why[1], qr/needs too much memory|takes too long/, '  and one that the reader died of');
is($w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE state = 'issued'}), 1, 'one counts: the last');
is($w->value(q{SELECT a.name FROM care_bulletin b JOIN care_bulletin_area a ON a.bulletin_id = b.id WHERE b.state = 'issued'}), "大雨警報$FILES", '  by its words');
is($w->value(q{SELECT COUNT(*) FROM care_bulletin a JOIN care_bulletin b ON b.id = a.id + 1 WHERE b.issued_at < a.issued_at}), 0, 'they came in the order of their names');
like($w->import_documents(@text), qr/^$FILES telegrams: $FILES known/m, 'a second time nothing is new');

SKIP: {
    chomp(my $strace = `which strace 2>/dev/null`);
    skip 'no strace here', 1 if !$strace || system("$strace -f -o /dev/null true 2>/dev/null");
    $w->sql('DELETE FROM care_bulletin_area; DELETE FROM care_bulletin; DELETE FROM feed_item; DELETE FROM feed_series; DELETE FROM feed_telegram');
    my $log = "$w->{dir}/strace";
    local $ENV{ASAN_OPTIONS} = ($ENV{ASAN_OPTIONS} // '') . ':detect_leaks=0';      # cannot under strace
    $w->{under} = "$strace -f -e trace=clone,clone3,fork,vfork -o $log";
    $w->import_documents(grep { !/DOCTYPE|<a>b/ } @text);
    cmp_ok(readers($log), '<=', 2, 'all by one reader, not one a transaction');
}
done_testing;
