#!/usr/bin/perl
# Care plans: versions that stay, and each office's receipt.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($manager, $nurse, $doctor, $outsider) = map { person($_) } qw(caremanager nurse doctor outsider);
my $p = new_patient(caremanager => 'care_manager', nurse => 'visiting_nurse', doctor => 'attending_physician');
my $path = "/record/$p/care_plans";
my %plan = (newest => 0, valid_from => '2026-12-01', valid_to => '2027-05-31', wishes => '家で暮らしたい', policy => '転ばない',
    goals => "長期：歩いて庭に出る\n短期：手すりでトイレに行く", services => "月・木　訪問看護\n火　訪問介護");

is($nurse->post($path, \%plan)->status, 403, 'only a care manager writes a plan');
is($manager->post($path, { %plan, valid_to => '2026-11-01' })->json->{error}{field}, 'valid_to', 'its time runs forward');
my $first = $manager->post($path, \%plan);
is($first->status . ' ' . $first->json->{version}, '201 1', 'the first version');
is_deeply([marks($p)], ['doctor unread', 'nurse unread'], 'waits for the others of the team');
is(scalar @{ $nurse->get($path)->json->{waiting} }, 2, '  and two offices have not received it');
my ($seen) = @{ $nurse->get($path)->json->{plans} };
is($seen->{received}, JSON::PP::false(), 'the nurse\'s office has not');
is($nurse->post("$path/$seen->{id}/receive", {})->status, 204, '  receives it');
is($nurse->post("$path/$seen->{id}/receive", {})->status, 204, '  once, however often');
is_deeply([marks($p)], ['doctor unread'], '  and it waits no more');
is_deeply([map { $_->{office} } @{ $doctor->get($path)->json->{waiting} }], [db('SELECT o.name FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = "doctor"')], 'the doctor\'s has not');
is(scalar @{ ($doctor->get($path)->json->{plans}[0])->{receipts} }, 2, 'receipts name the writer\'s and the nurse\'s');

is($manager->post($path, { %plan, policy => '別の方針', what_changed => '方針' })->status, 409, 'who has not seen version 1 writes no version 1');
is($manager->post($path, { %plan, newest => 1, policy => '外に出る', what_changed => '目標を達したため' })->json->{version}, 2, 'a second version');
my $plans = $nurse->get($path)->json->{plans};
is(join(' ', map { "$_->{version} $_->{policy}" } @$plans), '2 外に出る 1 転ばない', 'both stay, newest first');
is(scalar @{ $nurse->get($path)->json->{waiting} }, 2, 'and offices receive each anew');
is($nurse->get("/record/$p")->json->{care_plan}{version}, 2, 'the record names the newest');
like($nurse->page($path)->text, qr/第2版.*外に出る.*第1版/s, 'as a page');
unlike($nurse->page($path)->text, qr/新しい版として保存する/, '  without a form for who may not');
is($outsider->get($path)->status, 404, 'others know of none');
{
    my $other = new_patient(outsider => 'visiting_nurse');
    is($outsider->post("/record/$other/care_plans/$seen->{id}/receive", {})->status, 404, "another patient's plan is none of this one's");
}

done_testing;
