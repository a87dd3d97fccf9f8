#!/usr/bin/perl
# Messages that are drafted by what prepares a room and given out by an officer, and the
# report, on a page and as PDF.
use strict;
use warnings;
use utf8;
use Encode 'decode';
use File::Temp 'tempfile';
use Test::More;
use Tomozuna::Incident;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $nurse, $outsider) = map { person($_) } qw(disasterofficer nurse outsider);
my $district = new_district("試験報$$");
my @who = map { register_patient(new_patient(nurse => 'visiting_nurse'), $district) } 1 .. 2;

sub words_of {
    my ($answer) = @_;
    my ($file, $name) = tempfile(UNLINK => 1);
    binmode $file;
    print {$file} $answer->body;
    close $file;
    return decode('UTF-8', scalar qx(pdftotext -layout $name - 2>/dev/null));
}

# ---- drafts ----

db('UPDATE disaster_incident SET discarded_at = UTC_TIMESTAMP(3) WHERE opened_at IS NULL AND discarded_at IS NULL AND bulletin IS NOT NULL');
my $bulletin = bulletin('bulletin.issued', topic => 'flood', title => "試験の洪水警報$$");
ok(wait_for(sub { db('SELECT COUNT(*) FROM disaster_message s JOIN disaster_incident i ON i.id = s.incident_id WHERE i.bulletin = ?', unhex($bulletin)) == 2 }, 20),
    'a bulletin that prepares a room drafts a message to teams and one to offices');
my ($room) = db('SELECT LOWER(HEX(ref)) FROM disaster_incident WHERE bulletin = ?', unhex($bulletin));
is(scalar db('SELECT COUNT(*) FROM disaster_message s JOIN disaster_incident i ON i.id = s.incident_id WHERE i.bulletin = ? AND given_at IS NOT NULL', unhex($bulletin)), 0, '  and gives out none');
is(scalar @{ $officer->get("/disaster/$room")->json->{drafts} }, 0, 'before it is opened there is nobody to read it');
my $page = "/disaster/$room";
is($officer->post("$page/messages", { audience => 'teams', body => 'x' })->status, 404, '  nor anything to give out');
open_incident($officer, $room, $district);
my %draft = map { $_->{audience} => $_ } @{ $officer->get($page)->json->{drafts} };
like($draft{teams}{body}, qr/試験の洪水警報$$.*安否/, 'opened, an officer finds them, with what it is about');
is(scalar @{ $nurse->get($page)->json->{drafts} }, 0, '  nobody else does');
is($nurse->post("$page/messages", { audience => 'teams', body => 'x' })->status, 403, 'a nurse gives out nothing');
is($officer->post("$page/messages", { audience => 'teams', message => $draft{teams}{id}, body => "電源の要る方から\n確かめてください" })->status, 201, 'given out, in her own words');
is($officer->post("$page/messages", { audience => 'teams', message => $draft{teams}{id}, body => 'x' })->status, 409, '  once');
is($nurse->get($page)->json->{messages}[0]{body}, "電源の要る方から\n確かめてください", '  and the nurse reads it');
is(scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id JOIN disaster_message s ON n.kind = "disaster" WHERE u.login = "nurse" AND s.incident_id = (SELECT id FROM disaster_incident WHERE ref = ?) AND n.created_at >= s.given_at', unhex($room)) > 0, 1, '  whom a notice without words told');
is($officer->post("$page/messages", { audience => 'offices', body => '人手を知らせてください' })->status, 201, 'another is written at once');
is($outsider->get("$page/offices")->json->{messages}[0]{body}, '人手を知らせてください', '  which every office reads');
is($_->page($page)->status, 200, "  $_->{name} on the page") for $officer, $nurse;

# ---- the report ----

is($officer->post("$page/status", { patient => $who[0], status => 'safe', method => 'visit' })->status, 201, 'one of two is safe');
db('UPDATE disaster_safety_status s JOIN disaster_incident i ON i.id = s.incident_id SET s.written_at = i.opened_at + INTERVAL 150 SECOND WHERE i.ref = ?', unhex($room));
my $report = $officer->get("$page/report")->json;
is(join(' ', map { "$_->{percent}:$_->{people}:" . ($_->{reached} ? $_->{minutes} : '-') } @{ $report->{shares} }), '50:1:3 90:2:- 100:2:-', 'minutes until 50, 90 and 100 % were heard of');
is($nurse->get("$page/report/$_")->status, 404, 'a nurse gets no report') for 'paper';
$officer->post("$page/close", {});
my $paper = $officer->get("$page/report/paper");
is($paper->status, 200, 'after its end the report is a PDF');
my $text = words_of($paper);
like($text, qr/災害の対応の報告/, '  with its title');
like($text, qr/50%（1人）\s*3分/, '  the minutes');
like($text, qr/100%（2人）\s*まだ/, '  and what was not reached');
like($text, qr/停電が長びく見込み/, '  why it was opened');
like($text, qr/電源の要る方から/, '  what was given out');
unlike($text, qr/試験町1/, '  and nobody\'s address');
unlike($text, qr/訓練/, '  it was no drill');
my $drill = new_incident($officer, drill => 1);
open_incident($officer, $drill, $district);
like($officer->get("/disaster/$drill")->json->{drafts}[0]{body}, qr/【訓練】/, 'a drill marks its messages');
like(words_of($officer->get("/disaster/$drill/report/paper")), qr/【訓練】災害の対応の報告/, '  and its report');
done_testing;
END {
    local $?;
    db('DELETE n FROM care_notice n WHERE n.kind = "disaster" AND n.cause IN (SELECT s.ref FROM disaster_message s JOIN disaster_incident i ON i.id = s.incident_id WHERE i.ref = ?)', unhex($room)) if $room;
}
