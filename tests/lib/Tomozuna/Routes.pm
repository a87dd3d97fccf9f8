package Tomozuna::Routes;

# The tables of routes as the programs print them, and how a probe asks whether
# somebody is let in without having an effect.

use strict;
use warnings;
use utf8;
use Digest::SHA ();
use Exporter 'import';
use Tomozuna::Test;

our @EXPORT = qw(programs routes path_of probe admitted session_name session_set world_sum);

# Programs that have routes: modules, and gateways with an inlet of their own.
sub programs {
    my @found;
    for my $file (sort glob demo('BIN') . '/tomozuna-*') {
        my ($name) = $file =~ m{/tomozuna-([a-z]+)\z} or next;
        my ($status, $out) = program("tomozuna-$name", '--routes');
        push @found, $name if $status == 0 && $out =~ m{\A(?:GET|POST)\t/};
    }
    return @found;
}

# Each line of --routes: program, method, path, who, inputs (text), key.
sub routes {
    my @route;
    for my $program (programs()) {
        my (undef, $out) = program("tomozuna-$program", '--routes');
        for my $line (split /\n/, $out) {
            my ($method, $path, $who, $inputs) = split /\t/, $line;
            push @route, { program => $program, method => $method, path => $path, who => $who,
                inputs => $inputs, key => "$method $path" };
        }
    }
    return @route;
}

# A route's path with its {names} filled from a hash; what it lacks is made up.
sub path_of {
    my ($route, %ref) = @_;
    return $route->{path} =~ s/\{(\w+)\}/$ref{$1} \/\/ 'ab' x 16/ger;
}

# Asks with an input that no route declares. Admission comes before inputs and
# inputs before the handler: whoever is let in hears of the input, and nothing
# happens.
sub probe {
    my ($client, $route, $ref, %header) = @_;
    my $path = path_of($route, %$ref);
    return $client->get("$path?zz_probe=1", %header) if $route->{method} eq 'GET';
    return $client->post($path, { zz_probe => 1 }, %header);
}

# 429 is for those who were let in, too often.
sub admitted {
    my ($answer) = @_;
    return $answer->status == 429 || ($answer->status == 400 && $answer->error =~ /\A(?:unknown|missing)\z/);
}

# A session's name in the database, and changes of its row: a travel in time.
sub session_name {
    my ($client) = @_;
    return Digest::SHA::sha256_hex($client->{cookie}{'__Host-tomozuna'} // '');
}

sub session_set {
    my ($client, $assignments) = @_;
    db("UPDATE care_session SET $assignments WHERE token = ?", unhex(session_name($client)));
    return;
}

# A sum over all that a person can change by a request; of sessions only what is
# no note of the last visit, of notices how many there are: gateways go on with
# those of before.
my @table = qw(care_team care_patient care_consent care_mark care_notice_choice care_device care_staff
    care_user care_attempt care_incident disaster_incident disaster_registration disaster_safety_status bulletin_outbreak bulletin_outbreak_report timeline_entry timeline_receipt timeline_attachment care_file lib_event lib_idempotency);

sub world_sum {
    my %there = map { $_ => 1 } db('SHOW TABLES');
    my @sum = map { "$_->{Table}=" . ($_->{Checksum} // '') }
        db_rows('CHECKSUM TABLE ' . join ', ', grep { $there{$_} } @table);
    push @sum, db('SELECT CONCAT(COUNT(*), " ", COUNT(ended_at), " ", COALESCE(SUM(pin_failures), 0)) FROM care_session'),
        db('SELECT CONCAT(COUNT(*), " ", COALESCE(MAX(id), 0)) FROM care_notice WHERE kind <> "digest"');
    return join "\n", @sum;
}

1;
