#!/usr/bin/perl
# Wrong passwords for somebody else's login: they keep out whoever tries, and
# nobody of another office.
use strict;
use warnings;
use utf8;
use File::Temp ();
use Test::More;
use Tomozuna::Test;

sub later { db('UPDATE care_attempt SET last_at = last_at - INTERVAL 2 MINUTE'); return }
sub wrong_ones {
    my ($device, $n) = @_;
    my $client = person('doctor', device => $device, signed_in => 0);
    my @status = map { later(); $client->post_form('/sign-in', { login => 'doctor', password => "wrong-$_" })->status } 1 .. $n;
    return "@status";
}

db('DELETE FROM care_attempt');
is(wrong_ones('outsider', 10), join(' ', (400) x 10), 'a device of another office tries the login of the doctor');
is(person('outsider')->{signed_in}->status, 429, '  and has to wait itself');
is(person('doctor')->{signed_in}->status, 303, 'the doctor signs in on her own');

db('DELETE FROM care_attempt');
wrong_ones('doctor', 10);
db('DELETE FROM care_attempt WHERE kind = ?', 'certificate');
is(person('doctor')->{signed_in}->status, 429, "in her own office the login waits, too");

my $file = File::Temp->new;
print {$file} person('doctor', signed_in => 0)->{password}, "\n";
close $file;
{
    local $ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
    my ($status, undef, $error) = program('tomozuna', '--config', demo('CONF') . '/admin.conf',
        'user', 'password', 'doctor', '--file', $file->filename);
    is($status, 0, 'the administrator sets a password') or diag($error);
}
is(person('doctor')->{signed_in}->status, 303, '  which may be tried at once');
db('DELETE FROM care_attempt');
done_testing;
