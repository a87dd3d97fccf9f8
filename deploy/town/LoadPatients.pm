package LoadPatients;

# Patients with episode, team, consents and the facts of the summary.

use strict;
use warnings;
use utf8;

sub load {
    my ($load) = @_;
    my @patient = $load->rows('patient');
    patients($load, @patient);
    episodes($load, @patient);
    team($load);
    consents($load, @patient);
    facts($load);
    return;
}

sub patients {
    my ($load, @patient) = @_;
    # Papers lie with the attending physician.
    my %manager = map { $_->{patient} => $load->{office}{ $_->{office} } }
        grep { $_->{team_role} eq 'attending_physician' } $load->rows('team');
    my @folded = $load->filter('kana', map { $_->{kana_family} . $_->{kana_given} } @patient);
    my @row;
    for my $p (@patient) {
        my $id = $load->{patient}{ $p->{key} } = $load->next_key('care_patient');
        push @row, [$id, Loader::hex($load->ref_hex), $load->{network_id},
            (map { Loader::text($p->{$_}) } qw(family given kana_family kana_given)),
            Loader::text(shift @folded),
            (map { Loader::text($p->{$_}) } qw(sex birth_date address phone insurer_number
                insured_number)), Loader::text($p->{care_level} // 'none'),
            0 + ($p->{lives_alone} // 0), Loader::text($p->{whereabouts}),
            Loader::text($p->{whereabouts_since}), $manager{ $p->{key} } // 'NULL',
            Loader::instant($p->{consent_on})];
    }
    $load->insert('care_patient', 'id, ref, network_id, family, given, kana_family, kana_given,
        kana_folded, sex, birth_date, address, phone, insurer_number, insured_number, care_level,
        lives_alone, whereabouts, whereabouts_since, managing_office_id, registered_at', \@row);
    return;
}

# From the day of the consent; it goes on.
sub episodes {
    my ($load, @patient) = @_;
    my @row;
    for my $p (@patient) {
        my $id = $load->{episode}{ $p->{key} } = $load->next_key('care_episode');
        push @row, [$id, Loader::hex($load->ref_hex), $load->{patient}{ $p->{key} },
            Loader::instant($p->{consent_on})];
    }
    $load->insert('care_episode', 'id, ref, patient_id, opened_at', \@row);
    return;
}

sub team {
    my ($load) = @_;
    my @row;
    for my $t ($load->rows('team')) {
        push @row, [$load->next_key('care_team'), Loader::hex($load->ref_hex),
            $load->{patient}{ $t->{patient} }, $load->{episode}{ $t->{patient} },
            $load->{office}{ $t->{office} }, defined $t->{user} ? $load->{user}{ $t->{user} } : 0,
            Loader::text($t->{team_role}), Loader::instant($t->{since})];
        push @{ $load->{team}{ $t->{patient} } }, $t;
    }
    $load->insert('care_team',
        'id, ref, patient_id, episode_id, office_id, user_id, team_role, joined_at', \@row);
    return;
}

# All agreed to the team, nine in ten also that the town's officer reads; nine in ten to
# the emergency summary.
sub consents {
    my ($load, @patient) = @_;
    my ($n, @row) = (0);
    for my $p (@patient) {
        my $officer = ++$n % 10 != 5;
        for my $purpose ('share_team', $n % 10 ? 'emergency' : ()) {
            push @row, [$load->next_key('care_consent'), Loader::hex($load->ref_hex),
                $load->{patient}{ $p->{key} }, Loader::text($purpose), "'written'",
                Loader::text("$p->{family} $p->{given}"), Loader::text('本人'),
                Loader::text($p->{consent_on}), $purpose eq 'share_team' && $officer ? 1 : 0,
                Loader::instant($p->{consent_on})];
        }
    }
    $load->insert('care_consent',
        'id, ref, patient_id, purpose, form, signer, signer_relation, given_on, officer, recorded_at', \@row);
    return;
}

# ---- facts ----

# Each fact was confirmed by somebody of the team within the last half year.
sub confirmed {
    my ($load, $patient, $n) = @_;
    my ($first) = grep { defined } map { $_->{user} } @{ $load->{team}{$patient} // [] };
    return ('NULL', 0, 'NULL', 'NULL') if !defined $first;
    my $who = $load->{who}{$first};
    return ('UTC_TIMESTAMP(3) - INTERVAL ' . (1 + $n * 37 % 180) . ' DAY', $load->{user}{$first},
        Loader::text($who->{name}), Loader::text($who->{profession}));
}

# A table of facts: its file, its columns as [SQL name, name in file, text?].
sub fact {
    my ($load, $file, $dated, @column) = @_;
    my ($n, @row) = (0);
    for my $f ($load->rows($file)) {
        push @row, [$load->next_key("care_$file"), Loader::hex($load->ref_hex),
            $load->{patient}{ $f->{patient} },
            (map { $_->[2] ? Loader::text($f->{ $_->[1] }) : Loader::number($f->{ $_->[1] }) } @column),
            $dated ? confirmed($load, $f->{patient}, $n++) : ()];
    }
    $load->insert("care_$file", join(', ', 'id', 'ref', 'patient_id', (map { $_->[0] } @column),
        $dated ? ('confirmed_at', 'confirmed_by', 'confirmed_name', 'confirmed_profession') : ()), \@row);
    return;
}

sub facts {
    my ($load) = @_;
    my $same = sub { map { [$_, $_, 1] } @_ };
    fact($load, 'allergy', 1, $same->(qw(substance reaction)));
    fact($load, 'health_condition', 1, $same->(qw(name since)));
    fact($load, 'medication', 1, $same->(qw(name dose)), ['dosage', 'usage', 1],
        ['blood_thinner', 'blood_thinner', 0]);
    fact($load, 'equipment', 1, $same->('name'), ['power_dependent', 'power_dependent', 0],
        ['battery_hours', 'battery_hours', 0]);
    fact($load, 'emergency_contact', 1, ['position', 'order', 0],
        $same->(qw(name relation phone hours)));
    directives($load);
    return;
}

sub directives {
    my ($load) = @_;
    my @row;
    for my $d ($load->rows('advance_directive')) {
        my $who = $load->{who}{ $d->{author} // '' };
        push @row, [$load->next_key('care_advance_directive'), Loader::hex($load->ref_hex),
            $load->{patient}{ $d->{patient} }, Loader::text($d->{summary}),
            Loader::text($who ? $who->{name} : $d->{author}), Loader::text($d->{date}),
            Loader::instant($d->{date}), $who ? $load->{user}{ $d->{author} } : 0,
            map { Loader::text($who ? $who->{$_} : undef) } qw(name profession)];
    }
    $load->insert('care_advance_directive', 'id, ref, patient_id, summary, author, stated_on,
        confirmed_at, confirmed_by, confirmed_name, confirmed_profession', \@row);
    return;
}

1;
