#!/usr/bin/perl
# Coverage by area and age: counted by the pass of the night, with no number in it that says
# something of a few.
use strict;
use warnings;
use utf8;
use Encode qw(decode);
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($clerk, $nurse) = map { person($_) } qw(clerk nurse);
my $today = db('SELECT DATE_FORMAT(UTC_TIMESTAMP() + INTERVAL 9 HOUR, "%Y-%m-%d")');
my $network = db('SELECT network_id FROM care_user WHERE login = "clerk"');
my $page = '/vaccination/desk/coverage';
my @areas = db('SELECT name FROM vaccination_area WHERE network_id = ? ORDER BY position', $network);

sub pass_again {
    db('DELETE FROM vaccination_pass WHERE on_day = ?', $today);
    return wait_for(sub { db('SELECT COUNT(*) FROM vaccination_pass WHERE on_day = ? AND ended_at IS NOT NULL', $today) }, 150);
}
sub counted { return db('SELECT IF(COUNT(*), CONCAT_WS(" ", SUM(people), SUM(given), SUM(elsewhere)), "-") FROM vaccination_coverage WHERE network_id = ? AND area = ? AND vaccine = "influenza" AND age = ?', $network, @_) }

is($_->[0]->get($_->[1])->status, 403, "$_->[1] is the desk's") for [$nurse, $page], [$nurse, "$page/table"];
is($nurse->post('/vaccination/desk/areas', { names => 'x' })->status, 403, '  and so are the areas');
is($clerk->get("$page?vaccine=11")->status, 400, 'a vaccine that there is not');
is($clerk->post('/vaccination/desk/areas', { names => 'あ' x 41 })->status, 400, 'a name that is none');
is(join(',', db('SELECT name FROM vaccination_area WHERE network_id = ? ORDER BY position', $network)), join(',', @areas), '  changes nothing');
is($clerk->post('/vaccination/desk/areas', { names => "見本坂\n見本坂上\n=1+1\n見本坂" })->status, 204, 'the town names its areas');
is_deeply([split /\n/, $clerk->get($page)->json->{names}], ['見本坂', '見本坂上', '=1+1'], '  each once');
END {
    local $?;
    if ($network) {
        db('DELETE FROM vaccination_area WHERE network_id = ?', $network);
        db('INSERT INTO vaccination_area (network_id, name, position) VALUES (?, ?, ?)', $network, $areas[$_], $_) for 0 .. $#areas;
        db('DELETE FROM vaccination_pass WHERE on_day = ?', $today);
    }
}

# Twelve people of 86 in one area of whom eleven had it, one of them elsewhere; one in the other.
my $at_rest = wait_for(sub { db('SELECT COUNT(*) FROM vaccination_pass WHERE on_day = ? AND ended_at IS NOT NULL', $today) }, 150);
ok($at_rest, 'no pass is under way, whose locks would meet ours');
my @who = map { new_patient() } 1 .. 14;
my @id = map { scalar db('SELECT id FROM care_patient WHERE ref = ?', unhex($_)) } @who;
db('UPDATE care_patient SET address = ?, birth_date = ? - INTERVAL 86 YEAR - INTERVAL 40 DAY WHERE id = ?', $_ < 12 ? '見本坂1-1' : $_ == 12 ? 'むつみ町見本坂上2-2' : '=1+1番地', $today, $id[$_]) for 0 .. $#id;
# The season that is or was last began in this October or the one before.
my $dose_on = db('SELECT IF(MONTH(?) >= 10, ?, CONCAT(YEAR(?) - 1, "-11-01"))', $today, $today, $today);
db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, product, given_on, reported, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
    VALUES (?, RANDOM_BYTES(16), "influenza", "x", "influenza_ha", ?, ?, UTC_TIMESTAMP(3), 1, "x", "040", "x")', $id[$_], $dose_on, $_ == 0 ? 1 : 0) for 0 .. 10;
ok(pass_again(), 'a pass of everybody');
is(counted('見本坂', 85), '12 10 1', 'counted by area and age, given here and elsewhere apart');
is(counted('見本坂上', 85), '1 0 0', '  of two names that fit the longer one');
is(counted('=1+1', 85), '1 0 0', '  as it is written');
is(scalar db('SELECT COUNT(DISTINCT on_day) FROM vaccination_coverage'), 1, '  older numbers go');
db('UPDATE care_patient SET whereabouts = "moved" WHERE id = ?', $id[12]);
ok(pass_again(), 'another one');
is(counted('見本坂', 85), '12 10 1', '  begins anew, and adds nothing twice');
is(counted('見本坂上', 85), '-', '  who moved away is not of the town');

# ---- what is shown of it ----

my $all = $clerk->get("$page?vaccine=1")->json;
is($all->{vaccine_name}, 'インフルエンザ', 'of one vaccine');
my ($area) = grep { ($_->{area} // '') eq '見本坂' } @{ $all->{areas} };
my ($last) = @{ $all->{areas} }[-1];
ok($last->{all_areas}, 'the last line is the town');
is(scalar(grep { !$_->{hidden} && defined $_->{given} && ($_->{given} > 0 && $_->{given} < 10 || $_->{people} - $_->{given} > 0 && $_->{people} - $_->{given} < 10) } map { @{ $_->{cells} } } @{ $all->{areas} }),
    0, 'no small number is shown');
ok((grep { $_->{hidden} } @{ $area->{cells} }), 'two of twelve have not had it: hidden');
# Whatever is hidden is so in its row and its column at least twice: no difference gives it away.
my @grid = map { [map { $_->{hidden} ? 1 : 0 } @{ $_->{cells} }] } @{ $all->{areas} };
my @alone = grep { my $r = $_; my $n = grep { $_ } @{ $grid[$r] }; $n == 1 } 0 .. $#grid;
push @alone, grep { my $c = $_; my $n = grep { $_->[$c] } @grid; $n == 1 } 0 .. $#{ $grid[0] };
is_deeply(\@alone, [], '  and nothing stands alone in its line');
my $csv = $clerk->get("$page/table?vaccine=1", accept => '*/*');
is($csv->header('content-type'), 'text/csv; charset=utf-8', 'the table as CSV');
my $text = decode('UTF-8', $csv->body);
like($text, qr/\A\x{feff}地域,年齢,対象者,接種した人,接種率（%）\r\n/, '  with its headings');
like($text, qr/^"見本坂","85〜89歳",12,x,x\r$/m, '  where the small number is an x, too');
like($text, qr/^"'=1\+1",/m, '  and no area is a formula');
is($clerk->page("$page?vaccine=$_")->status, 200, "page of vaccine $_") for 0 .. 3;

done_testing;
