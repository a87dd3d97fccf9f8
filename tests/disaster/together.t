#!/usr/bin/perl
# Many screens look at once and share what is read: nobody is shown what was before she asked.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Incident;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $nurse) = map { person($_) } qw(disasterofficer nurse);
my $district = new_district("試験$$");
my @who = map { register_patient(new_patient(nurse => 'visiting_nurse'), $district) } 1 .. 12;
my $incident = new_incident($officer, drill => 1);
open_incident($officer, $incident, $district);

# Screens that look without a pause, until they are told to stop.
my @screen = map {
    my $kind = $_ % 2;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        my $on = 1;
        my $by = person('disasterofficer');
        $SIG{TERM} = sub { $on = 0 };
        while ($on) { $kind ? $by->get("/disaster/$incident") : $by->get("/disaster/$incident/counts") }
        require POSIX;
        POSIX::_exit(0);
    }
    $pid;
} 1 .. 20;
sleep 1;

my ($late, $wrong) = (0, 0);
for my $n (1 .. @who) {
    $nurse->post("/disaster/$incident/status", { patient => $who[$n - 1], status => 'safe' })->status == 201 or $wrong++;
    $officer->get("/disaster/$incident/counts")->json->{counts}{safe} == $n or $late++;
    my $room = $officer->get("/disaster/$incident?show=done")->json;
    $room->{counts}{done} == $n && @{ $room->{people} } == $n or $late++;
}
is($wrong, 0, 'every mark is taken while twenty screens look');
is($late, 0, '  and whoever looks after it sees it');

# Whose it is stays hers: the same reading, another viewer.
$officer->post("/disaster/$incident/status", { patient => $who[0], status => 'unknown' });
is($officer->post("/disaster/$incident/take", { patient => $who[0] })->status, 204, 'an officer sees to somebody');
my ($mine) = grep { $_->{id} eq $who[0] } @{ $officer->get("/disaster/$incident")->json->{people} };
ok($mine->{mine}, '  who is hers');
my ($hers) = grep { $_->{id} eq $who[0] } @{ $nurse->get("/disaster/$incident")->json->{people} };
ok($hers->{assignee_name} && !$hers->{mine}, '  and nobody else\'s');

# A team's screen is read from her teams, and says the same as the officer's of the same people.
$nurse->post("/disaster/$incident/status", { patient => $who[1], status => 'evacuated', needs => ['oxygen'] });
$officer->post("/disaster/$incident/status", { patient => $who[2], status => 'injured' });
register_patient(new_patient(doctor => 'attending_physician'), $district);
$officer->post('/disaster/register/refresh', {});
sub shown {
    my ($by, $query) = @_;
    my $r = $by->get("/disaster/$incident$query")->json;
    my $them = join '|', @who;
    return join ' ', map { my $list = $_; "$list:", map { "$_->{number}$_->{status}" . (@{ $_->{said} // [] } || '') } grep { $_->{id} =~ /\A(?:$them)\z/ } @{ $r->{$list} // [] } } qw(help people);
}
is(shown($nurse, $_), shown($officer, $_), "the same of the same people: $_") for '', '?show=done', '?show=lacking';
like(shown($nurse, ''), qr/help: \d+(?:evacuated|safe|injured)/, '  and not nothing');
my ($all, $ours) = map { $_->get("/disaster/$incident/counts")->json->{counts} } $officer, $nurse;
is($all->{people} - $ours->{people}, 1, 'whom another team looks after she does not count');
is(join(' ', map { $all->{$_} - $ours->{$_} } qw(help unknown done safe evacuated hospital)), '0 1 0 0 0 0', '  nor what is known of her');
is(scalar @{ $nurse->get("/disaster/$incident/map")->json->{dots} }, 0, '  dots are of those whose place is known');
kill TERM => @screen;
waitpid $_, 0 for @screen;
is($officer->post("/disaster/$incident/close", {})->status, 204, 'closed');
is($nurse->get("/disaster/$incident/counts")->status, 404, '  nobody shares anything any more');
is($officer->get("/disaster/$incident/counts")->status, 404, '  an officer neither');

done_testing();
