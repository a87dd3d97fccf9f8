#!/usr/bin/perl
# A phone that was put down, found by somebody else: certificate and session are
# there, the PIN is not. No answer may tell anything of a patient.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use Test::More;
use Tomozuna::Test;

my $nurse = person('nurse');
my ($patient) = @{ $nurse->get('/patients')->json->{patients} };
my ($family, $given) = split / /, $patient->{name};
my $record = $nurse->page("/patients/$patient->{id}");
like($record->text, qr/\Q$family\E/, 'awake, the page names the patient');

my %change = (
    "/timeline/$patient->{id}" => { body => 'x' },
    "/timeline/$patient->{id}/" . 'a' x 32 . '/read' => {},
    "/timeline/$patient->{id}/" . 'a' x 32 . '/acknowledge' => {},
);

sub silent {
    my ($what) = @_;
    for my $path (sort keys %change) {
        for my $accept ('text/html', 'application/json') {
            my $answer = $nurse->post($path, $change{$path}, accept => $accept);
            is($answer->status, 401, "$what: $path as $accept is refused");
            unlike($answer->text, qr/\Q$family\E|\Q$given\E|\Q$patient->{kana}\E|class="strip"/, '  and says nothing of the patient');
        }
    }
    for my $path ("/patients/$patient->{id}", "/timeline/$patient->{id}", '/patients') {
        my $answer = $nurse->page($path);
        is($answer->status, 303, "$what: $path leads away");
        is($answer->body, '', '  without a word');
    }
    return;
}

my $token = unhex(sha256_hex($nurse->{cookie}{'__Host-tomozuna'}));
db('UPDATE care_session SET seen_at = UTC_TIMESTAMP(3) - INTERVAL 16 MINUTE WHERE token = ?', $token);
silent('locked');
is($nurse->unlock->status, 303, 'the PIN reopens');
like($nurse->page("/patients/$patient->{id}")->text, qr/\Q$family\E/, '  and the page names the patient again');

db('UPDATE care_session SET created_at = UTC_TIMESTAMP(3) - INTERVAL 13 HOUR WHERE token = ?', $token);
silent('too old');
done_testing;
