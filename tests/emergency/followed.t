#!/usr/bin/perl
# Whatever the summary reads tells those who keep a copy of it that it changed: a table
# that somebody adds to summary.sql wants its triggers (db/care/0030-follower.sql).
use strict;
use warnings;
use utf8;
use FindBin;
use Test::More;
use Tomozuna::Test;

my %instead = (timeline_crew => 'timeline_entry', patient_crew_face => 'patient_portrait');    # views
my %why_not = (care_user => 'a name is not changed by any program');
my %reads = map { $instead{$_} // $_ => 1 } slurp("$FindBin::Bin/../../modules/emergency/summary.sql") =~ /\b(?:FROM|JOIN) ([a-z_]+)/g;
my %told = map { $_ => 1 } db('SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE trigger_schema = DATABASE() AND action_statement LIKE "%care_follow%"');
cmp_ok(scalar keys %reads, '>', 8, 'the tables of the summary');
is_deeply([grep { !$told{$_} && !$why_not{$_} } sort keys %reads], [], 'each of them tells');
my @row = map { db('SELECT event_manipulation FROM information_schema.triggers WHERE trigger_schema = DATABASE() AND event_object_table = ? AND action_statement LIKE "%care_follow%"', $_) } 'care_immunization';
is_deeply([sort @row], [qw(DELETE INSERT UPDATE)], 'doses when they come, change and go');

done_testing;
