#!/usr/bin/perl
# What was written about a patient stands in the tables and nowhere else: no log
# has a body, a name, a number, a password or a session; MariaDB writes none down.
use strict;
use warnings;
use utf8;
use Encode ();
use File::Find ();
use Test::More;
use Tomozuna::Faults;
use Tomozuna::Test;

my %is = map { $_->{Variable_name} => $_->{Value} } db_rows('SHOW GLOBAL VARIABLES');
is($is{$_}, 'OFF', "MariaDB: $_ is off") for qw(general_log slow_query_log log_queries_not_using_indexes innodb_print_all_deadlocks);
is($is{local_infile}, 'OFF', 'MariaDB: reads no file of a client');

my $canary = sprintf '金糸雀%08x', rand 2**32;
my $nurse = person('nurse');
my $patient = patient_of($nurse);
is($nurse->post("/timeline/$patient", { body => $canary, urgent => 1 })->status, 201, 'an entry is written');
isnt($nurse->post("/timeline/$patient", { body => $canary, kind => $canary })->status, 201, 'one that is refused');
isnt($nurse->get("/timeline/$patient?q=$canary")->status, 200, 'one in the address');
$nurse->post('/patients/search', { q => $canary });
person('nurse', signed_in => 0)->sign_in(password => "$canary and more of it");

# A statement that fails, with its values, is not told either.
{
    my $pid = pid_of('mariadbd');
    my $hold = stopped($pid);
    client(device => 'nurse', timeout => 10)->post("/timeline/$patient", { body => $canary });
}
is($nurse->get("/timeline/$patient")->status, 200, 'served again') if wait_for(sub { health('timeline')->status == 200 }, 10);
wait_for(sub { !db("SELECT COUNT(*) FROM care_notice WHERE state IN ('queued', 'sending')") }, 10);

my ($row) = db_rows('SELECT family, given, COALESCE(phone, ?) AS phone FROM care_patient WHERE ref = ?', '', unhex($patient));
my %secret = (
    'what was written' => $canary,
    "the patient's name" => "$row->{family} $row->{given}",
    "the patient's name in one word" => "$row->{family}$row->{given}",
    "the nurse's password" => $nurse->{password},
    'a session' => (values %{ $nurse->{cookie} })[0],
    map { ("somebody's number $_" => $_, "  as people write it $_" => $_ =~ s/\A\+81/0/r) }
        db("SELECT mobile FROM care_user WHERE login IN ('doctor', 'nurse', 'helper') AND mobile IS NOT NULL"),
);
$secret{"the patient's number"} = $row->{phone} if length $row->{phone};
my $state = demo('STATE');
my @file;
File::Find::find({ no_chdir => 1, wanted => sub { push @file, $_ if -f && !-l && -s _ } },
    grep { -e } demo('LOG'), "$state/db/data", "$state/journal", "$state/redis");
my @log = grep { $_ !~ m{\A\Q$state\E/(?:db|journal)/} } @file;
cmp_ok(scalar @log, '>', 8, @log . ' logs');
# Each log is read once: they are long.
my %bytes = map { $_ => Encode::encode('UTF-8', $secret{$_}) } keys %secret;
my %found;
for my $log (@log) {
    my $text = slurp($log, 1);
    index($text, $bytes{$_}) < 0 || push @{ $found{$_} }, $log for keys %bytes;
}
is_deeply($found{$_} // [], [], "no log has $_") for sort keys %secret;
my $bytes = Encode::encode('UTF-8', $canary);
is_deeply([grep { index(slurp($_, 1), $bytes) >= 0 } grep { m{/journal/} } @file], [], 'nor does the journal of the audit trail');
# A log that was on for a moment (tests/monitoring) and went nowhere has its head alone.
is_deeply([grep { m{/db/data/[^/]*\.log\z} && slurp($_, 1) =~ / (?:Query|Prepare|Execute)\t/ } @file], [], 'MariaDB keeps no log of statements');
unlike(qx(redis-cli -s @{[demo('REDIS_SOCKET')]} --raw keys '*'), qr/\Q$canary\E/, 'nor Redis');
ok(!(grep { $_->{text} =~ /\Q$canary\E|\Q$row->{family}\E/ } sms()), 'nor an SMS');
ok(!(grep { $_->{text} =~ /\Q$canary\E|\Q$row->{family} $row->{given}\E/ } mails()), 'nor a mail');
done_testing;
