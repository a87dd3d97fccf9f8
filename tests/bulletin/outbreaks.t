#!/usr/bin/perl
# What goes round: public figures beside what offices report. An office reports
# numbers of its own, corrects by a new row, and professionals of its network see it
# at once; residents see the public figures and no office.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Test;

binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

my ($nurse, $doctor) = (person('nurse'), person('doctor'));
my $network = db('SELECT network_id FROM care_user WHERE login = "nurse"');
my $office = db('SELECT o.name FROM care_office o JOIN care_staff s ON s.office_id = o.id JOIN care_user u ON u.id = s.user_id
    WHERE u.login = "nurse" AND s.left_at IS NULL');
my $town = db('SELECT municipality FROM care_network_municipality WHERE network_id = ? ORDER BY municipality DESC', $network);
my $DISEASE = 'mycoplasma';                # nothing else in the demo is of it
my @made;

END {
    my $status = $?;
    db('DELETE r FROM bulletin_outbreak_report r JOIN bulletin_outbreak o ON o.id = r.outbreak_id WHERE o.ref = ?', unhex($_)) for @made;
    db('DELETE FROM bulletin_outbreak WHERE ref = ?', unhex($_)) for @made;
    db('DELETE f FROM care_bulletin_figure f JOIN care_bulletin b ON b.id = f.bulletin_id WHERE b.source = ?', "test$$");
    db('DELETE FROM care_bulletin WHERE source = ?', "test$$");
    $? = $status;
}

# The Japanese day so many days ago, and the Monday of its week.
sub day { my @t = gmtime(time + 9 * 3600 - 86400 * $_[0]); return sprintf '%d-%02d-%02d', $t[5] + 1900, $t[4] + 1, $t[3] }
sub monday { return day($_[0] + ((gmtime(time + 9 * 3600 - 86400 * $_[0]))[6] + 6) % 7) }

sub report {
    my ($who, $path, %set) = @_;
    my $answer = $who->post($path, { disease => $DISEASE, place => 'house', began_on => day(9), counted_on => day(0), ill_users => 3, ill_staff => 1, %set });
    push @made, $answer->json->{id} if $answer->status == 201;
    return $answer;
}

sub disease { my ($json) = @_; return (grep { $_->{code} eq $DISEASE } @{ $json->{diseases} })[0] }

# What a person sees of one outbreak in the list.
sub listed { my ($who, $id) = @_; return (grep { $_->{id} eq $id } @{ (disease($who->get('/bulletins')->json) // {})->{outbreaks} // [] })[0] }

sub sum { my ($d, $part) = @_; my $n = 0; $n += $_->{$part} // 0 for @{ $d->{reported}{weeks} }; return $n }

my $id;

subtest 'an office reports, the network sees it at once' => sub {
    my $answer = report($nurse, '/bulletins/outbreaks');
    is($answer->status, 201, 'reported');
    $id = $answer->json->{id};
    my $seen = listed($doctor, $id);
    is("$seen->{office}/$seen->{ill_users}/$seen->{ill_staff}/$seen->{place}", "$office/3/1/house", 'a doctor of another office sees it');
    ok(!$seen->{own}, '  as another office\'s');
    ok(listed($nurse, $id)->{own}, 'the nurse as her own');
    my $html = $doctor->page('/bulletins')->text;
    like($html, qr/マイコプラズマ肺炎.*\Q$office\E.*利用者3人・職員1人/s, 'on the page');
    like($html, qr{<rect class="bar lower"[^>]*height="[1-9]}, 'with a bar');
    unlike($html, qr/style=/, 'which needs no style of its own');
    is(scalar db('SELECT COUNT(*) FROM lib_audit WHERE route = "/bulletins/outbreaks" AND method = "POST" AND status = 201 AND user_id =
        (SELECT id FROM care_user WHERE login = "nurse") AND at > UTC_TIMESTAMP() - INTERVAL 10 MINUTE') >= 1, 1, 'the trail has who said so');
};

subtest 'the trend has new people by week' => sub {
    my $d = disease($doctor->get('/bulletins')->json);
    is(sum($d, 'lower') . '/' . sum($d, 'upper'), '3/1', 'three users and one of the staff');
    is(report($nurse, "/bulletins/outbreaks/$id", counted_on => day(9), ill_users => 2, ill_staff => 0)->status, 204, 'how many it was nine days ago');
    $d = disease($doctor->get('/bulletins')->json);
    is(sum($d, 'lower') . '/' . sum($d, 'upper'), '3/1', 'as many in all');
    is((scalar grep { ($_->{lower} // 0) > 0 } @{ $d->{reported}{weeks} }), 2, 'in two weeks');
    is(report($nurse, "/bulletins/outbreaks/$id", ill_users => 7, ill_staff => 1)->status, 204, 'today again');
    $d = disease($doctor->get('/bulletins')->json);
    is(sum($d, 'lower') . '/' . sum($d, 'upper'), '7/1', 'the newer count of a day counts');
    is(report($nurse, "/bulletins/outbreaks/$id", ill_users => 1, ill_staff => 1)->status, 204, 'a smaller one, too');
    is(sum(disease($doctor->get('/bulletins')->json), 'lower'), 2, 'and no week has less than nobody');
};

subtest 'a correction is a new row' => sub {
    my $answer = $nurse->get("/bulletins/outbreaks/$id");
    is(scalar @{ $answer->json->{reports} }, 4, 'four reports, all kept');
    is($answer->json->{reports}[3]{ill_users}, 3, 'the first as it was');
    like($doctor->page("/bulletins/outbreaks/$id")->text, qr/前の知らせも消さずに残します/, 'another office reads them');
    unlike($doctor->page("/bulletins/outbreaks/$id")->text, qr/<form method="post" action="\/bulletins/, '  and has no form');
    like($nurse->page("/bulletins/outbreaks/$id")->text, qr/<form method="post" action="\/bulletins\/outbreaks\/$id"/, 'its own office has');
    is(report($doctor, "/bulletins/outbreaks/$id")->status, 404, 'nobody else adds to it');
    is(report($nurse, "/bulletins/outbreaks/$id", ended_on => day(0), ill_users => 7)->status, 204, 'it ends');
    is(listed($doctor, $id)->{ended_on}, day(0), 'and is listed as over');
    unlike($nurse->page("/bulletins/outbreaks/$id")->text, qr/@{[db('SELECT family FROM care_user WHERE login = "nurse"')]} @{[db('SELECT given FROM care_user WHERE login = "nurse"')]}の知らせ/, 'no name beside a report');
};

subtest 'what cannot be is refused' => sub {
    my %wrong = ('nobody' => [{ ill_users => 0, ill_staff => 0 }, 'ill_users'], 'more than an office has' => [{ ill_users => 501 }, 'ill_users'],
        'less than nobody' => [{ ill_staff => -1 }, 'ill_staff'], 'a disease without a code' => [{ disease => 'flu' }, 'disease'],
        'tomorrow' => [{ began_on => day(-1) }, 'began_on'], 'years ago' => [{ began_on => day(400) }, 'began_on'],
        'counted before it began' => [{ counted_on => day(10) }, 'counted_on'], 'counted tomorrow' => [{ counted_on => day(-1) }, 'counted_on'],
        'over before it began' => [{ ended_on => day(10) }, 'ended_on'], 'over tomorrow' => [{ ended_on => day(-1) }, 'ended_on'],
        'a name' => [{ name => '山田' }, 'name']);
    for my $case (sort keys %wrong) {
        my $answer = report($nurse, '/bulletins/outbreaks', %{ $wrong{$case}[0] });
        is($answer->status . ' ' . ($answer->json->{error}{field} // ''), "400 $wrong{$case}[1]", $case);
    }
    is(report($nurse, '/bulletins/outbreaks/' . 'ab' x 16)->status, 404, 'an outbreak that is not');
};

subtest 'another network, a volunteer' => sub {
    db('INSERT INTO care_network (ref, code, nickname, colour, sender, phone) VALUES (?, "999999", "よそ", "#000000", "よそ", "000")', unhex('fe' x 16));
    my $far = db('SELECT id FROM care_network WHERE code = "999999"');
    db('UPDATE bulletin_outbreak SET network_id = ? WHERE ref = ?', $far, unhex($id));
    ok(!listed($doctor, $id), 'what is of another network is not seen');
    is($doctor->get("/bulletins/outbreaks/$id")->status, 404, '  nor opened');
    is(report($nurse, "/bulletins/outbreaks/$id")->status, 404, '  nor added to');
    db('UPDATE bulletin_outbreak SET network_id = ? WHERE ref = ?', $network, unhex($id));
    db('DELETE FROM care_network WHERE id = ?', $far);
    my $was = db('SELECT CONCAT("=", roles) FROM care_user WHERE login = "doctor"');
    db('UPDATE care_user SET roles = "welfare_volunteer" WHERE login = "doctor"');
    my $json = $doctor->get('/bulletins')->json;
    my ($open, $write) = ($doctor->get("/bulletins/outbreaks/$id")->status, report($doctor, '/bulletins/outbreaks')->status);
    my $form = $doctor->page('/bulletins')->text;
    db('UPDATE care_user SET roles = ? WHERE login = "doctor"', $was =~ s/=//r);
    is("$json->{local}", '0', 'a welfare volunteer sees no office\'s report');
    is("$open $write", '404 404', '  opens none and makes none');
    unlike($form, qr/自事業所の発生を知らせる/, '  and is offered none');
    ok(listed($doctor, $id), 'the doctor sees it again');
};

subtest 'public figures stand beside, and alone for residents' => sub {
    my $bulletin = sub {
        my ($state, $hundredths, $week, $hours) = @_;
        my $ref = join '', map { sprintf '%02x', rand 256 } 1 .. 16;
        db('INSERT INTO care_bulletin (ref, source, publisher, topic, status, severity, title, link, issued_at, received_at, from_at, until_at, state)
            VALUES (?, ?, ?, "health", "actual", "unknown", "週報", "https://health.example/46", UTC_TIMESTAMP(3) - INTERVAL ? HOUR, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3),
            UTC_TIMESTAMP(3) - INTERVAL 1 HOUR, ?)', unhex($ref), "test$$", "試験県$$", $hours, $state);
        db('INSERT INTO care_bulletin_figure SELECT ?, ?, ?, id, ? FROM care_bulletin WHERE ref = ?', $town, $DISEASE, $week, $hundredths, unhex($ref));
        return;
    };
    $bulletin->('issued', 1234, monday(7), 5);
    $bulletin->('issued', 1235, monday(7), 1);        # said again, otherwise
    $bulletin->('issued', 456, monday(14), 5);
    $bulletin->('replaced', 99999, monday(7), 0);
    my $d = disease($nurse->get('/bulletins')->json);
    my ($f) = @{ $d->{figures} };
    is("$f->{publisher} $f->{per_sentinel} $f->{week_on}", "試験県$$ 12.35 @{[monday(7)]}", 'the newest week, as it was said last, with its source');
    is(join(' ', map { $_->{lower} // '-' } @{ $f->{weeks} }[9, 10]), '4.56 12.35', 'and the week before');
    is(scalar @{ $d->{outbreaks} }, 1, 'the report of the office beside it');
    my $ref = db('SELECT LOWER(HEX(ref)) FROM care_network WHERE id = ?', $network);
    my $resident = client(door => 'open');
    my $public = $resident->get("/bulletins/$ref");
    is(disease($public->json)->{figures}[0]{per_sentinel}, '12.35', 'residents see the figure');
    ok(!exists disease($public->json)->{$_}, "  and no $_") for qw(outbreaks reported);
    my $html = $resident->page("/bulletins/$ref")->text;
    like($html, qr/公表：定点当たり.*12\.35.*試験県$$/s, '  on the page');
    unlike($html, qr/\Q$office\E|事業所からの報告|利用者\d+人/, '  which names no office and counts none of theirs');
    unlike($public->body, qr/\Q$id\E/, '  nor has its address');
    is($resident->get('/bulletins/outbreaks')->status, 404, 'the form is not at the open door');
    is($resident->get("/bulletins/outbreaks/$id")->status, 404, '  nor is an outbreak');
};

subtest 'what was a mistake is withdrawn' => sub {
    is(report($nurse, "/bulletins/outbreaks/$id", withdrawn => 1, ill_users => 0, ill_staff => 0)->status, 204, 'withdrawn');
    ok(!listed($doctor, $id), 'it is listed no more');
    is(disease($doctor->get('/bulletins')->json)->{reported}, undef, '  nor in the trend');
    is($nurse->get("/bulletins/outbreaks/$id")->json->{reports}[0]{withdrawn}, JSON::PP::true(), 'its reports stay');
};

done_testing;
