#!/usr/bin/perl
# What a network switches off is gone for it: a module's tabs and pages, a kind of
# notice; for that network alone, and until it is switched on again.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Backup;
use Tomozuna::Test;

my $place = { conf => demo('CONF') . '/admin.conf' };
my $nurse = person('nurse');
my ($patient) = map { $_->{id} } @{ $nurse->get('/patients')->json->{patients} };
my ($code) = db('SELECT n.code FROM care_network n JOIN care_user u ON u.network_id = n.id WHERE u.login = "nurse"');
END { tomozuna($place, 'network', 'module', $code, 'timeline', 'on') if defined $code }

is $nurse->get("/timeline/$patient")->status, 200, 'the module is there';
like $nurse->page("/patients/$patient")->text, qr{/timeline/$patient}, '  with its tab';
tomozuna_ok($place, 'network', 'module', $code, 'timeline', 'off');
ok wait_for(sub { $nurse->get("/timeline/$patient")->status == 404 }, 30), 'off: its pages are not there';
is $nurse->post("/timeline/$patient", { body => 'x' })->status, 404, 'nothing can be written';
ok wait_for(sub { $nurse->page("/patients/$patient")->text !~ m{href="/[./]*timeline/$patient"} }, 30), 'nor is its tab';
is $nurse->get("/patients/$patient")->status, 200, 'the other modules are';
like tomozuna_ok($place, 'network', 'switches', $code), qr/^timeline\s+module\s+off$/m, 'the command lists it';
tomozuna_ok($place, 'network', 'module', $code, 'timeline', 'on');
ok wait_for(sub { $nurse->get("/timeline/$patient")->status == 200 }, 30), 'on again';

# Another network's switch does nothing here.
my ($other) = '994022';
if (!db('SELECT COUNT(*) FROM care_network WHERE code = ?', $other)) {
    db('INSERT INTO care_network (ref, code, nickname, colour, sender, phone) VALUES (RANDOM_BYTES(16), ?, "x", "#2f6b4f", "x", "000-000-0000")', $other);
}
tomozuna_ok($place, 'network', 'module', $other, 'timeline', 'off');
my $seen = 0;
ok stays_false(sub { $nurse->get("/timeline/$patient")->status != 200 }, 7), 'another network\'s switch changes nothing here';
db('DELETE m FROM care_network_module m JOIN care_network n ON n.id = m.network_id WHERE n.code = ?', $other);
db('DELETE m FROM care_network_municipality m JOIN care_network n ON n.id = m.network_id WHERE n.code = ?', $other);
db('DELETE FROM care_network WHERE code = ?', $other);

for my $case (['identity', qr/nothing works without/], ['patient', qr/nothing works without/], ['nonsense', qr/no module nonsense/]) {
    my ($status, $said) = tomozuna($place, 'network', 'module', $code, $case->[0], 'off');
    is $status, 1, "refused: $case->[0]";
    like $said, $case->[1], '  and says why';
}
is +(tomozuna($place, 'network', 'module', $code, 'timeline', 'maybe'))[0], 1, 'on or off';

# ---- notices ----

my $count = sub { scalar db('SELECT COUNT(*) FROM care_notice WHERE kind = "urgent_entry" AND channel = "sms" AND state <> "suppressed"') };
END { tomozuna($place, 'network', 'switch', $code, 'urgent_entry', 'sms', 'on') if defined $code }
tomozuna_ok($place, 'network', 'switch', $code, 'urgent_entry', 'sms', 'off');
my $before = $count->();
is $nurse->post("/timeline/$patient", { body => '至急', urgent => 1 })->status, 201, 'an urgent note';
is $count->(), $before, 'a kind of notice that is off makes no SMS';
like tomozuna_ok($place, 'network', 'switches', $code), qr/^urgent_entry\s+sms\s+off$/m, '  as the command lists';
tomozuna_ok($place, 'network', 'switch', $code, 'urgent_entry', 'sms', 'on');
is $nurse->post("/timeline/$patient", { body => '至急', urgent => 1 })->status, 201, 'another';
cmp_ok $count->(), '>', $before, 'on again: it does';
done_testing;
