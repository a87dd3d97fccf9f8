#!/usr/bin/perl
# Who may see whom for what purpose, and who may read which entry: random teams, consents,
# audiences, professions (several of one person, too), rights of networks, ends, disasters and
# times, asked of the views that every statement joins and
# compared with a plain model that knows only the list of what happened. Millions of cases.
# Admission's own statements (modules/care/admit.sql) run, too, with sessions, devices that are
# revoked, users who are suspended and offices that close.
#
#   TOMOZUNA_SEED=N tests/team/model.t     the same world again
use strict;
use warnings;
use utf8;
use File::Temp;
use FindBin;
use Test::More;
use Tomozuna::Test;

my $seed = $ENV{TOMOZUNA_SEED} // time;
srand $seed;
note("seed $seed");

use constant { PATIENTS => 25, OFFICES => 10, USERS => 40, CHECKS => 90, DAY => 86_400, JST => 9 * 3600 };
my @purpose = (qw(share_team share_wide_area emergency disaster_register disaster_peacetime_supply evacuation_plan
    family_access video_recording research), map { "disease_network $_" } 1, 2);
my @kind = qw(note observation medication daily_life plan report diagnosis);
# Of the professions (E6): who writes of care, who only looks, who is of no team.
my %profession = ((map { $_ => 'writes' } qw(010 030 040 080 150 301)), (map { $_ => 'looks' } qw(210 331 333)), (map { $_ => 'none' } qw(312 340)));
my @role = qw(attending_physician visiting_nurse pharmacist care_manager home_helper officer welfare_volunteer);
my $base = "$FindBin::Bin/../..";
my $schema = "tz_model_$$";
my @mariadb = ('mariadb', '--no-defaults', '--socket=' . demo('DB_SOCKET'), '--user=' . ($ENV{TOMOZUNA_DB_ADMIN} // 'root'),
    '--default-character-set=utf8mb4', '--batch', '--skip-column-names');
END { local $?; system(@mariadb, '-e', "DROP DATABASE IF EXISTS $schema") if @mariadb }

is(system("'$base/db/migrate' --socket '@{[demo('DB_SOCKET')]}' --database $schema timeline >/dev/null"), 0, 'a database of its own')
    or BAIL_OUT('no database');

# ---- what happened: the only thing that the model knows ----

my (@member, @episode, @consent, @incident, @entry, %duty, %left_staff, %right, %disease);
my %office_network = map { $_ => $_ > OFFICES - 2 ? 2 : 1 } 1 .. OFFICES;       # the last two are of the next town
my @staff = map { [$_, 1 + $_ % OFFICES] } 1 .. USERS;
push @staff, map { [$_, 1 + ($_ + 3) % OFFICES] } grep { $_ % 5 == 0 } 1 .. USERS;      # some work at two
# What she is at an office, the first first; at her other office something else.
my %works_as = map { ("@$_" => [some_professions()]) } @staff;
my $now = 1_830_000_000;        # 2027

my @sql = ("SET time_zone = '+00:00'");
sub sql { push @sql, @_; return }
sub pick { return $_[rand @_] }
sub some_professions {
    my %seen;
    return grep { !$seen{$_}++ } map { pick(sort keys %profession) } 1 .. pick(1, 1, 1, 2, 3);
}
sub list { return @_ ? "'" . join(',', @_) . "'" : 'NULL' }
sub day_of { return int(($_[0] + JST) / DAY) }          # Japanese day
sub at { my ($s, $m, $h, $d, $mo, $y) = gmtime $_[0]; return sprintf "'%d-%02d-%02d %02d:%02d:%02d'", $y + 1900, $mo + 1, $d, $h, $m, $s }
sub on { return substr(at($_[0] * DAY), 0, 11) . "'" }

sql("INSERT INTO care_network (id, ref, code, nickname, colour, sender, phone) VALUES
    (1, RANDOM_BYTES(16), '999999', 'a', '#000000', 'a', '0'), (2, RANDOM_BYTES(16), '999998', 'b', '#000000', 'b', '0')");
sql("INSERT INTO care_office (id, ref, network_id, kind, name) VALUES ($_, RANDOM_BYTES(16), $office_network{$_}, 'clinic', 'o$_')") for 1 .. OFFICES;
sql("INSERT INTO care_user (id, ref, network_id, login, family, given, kana_family, kana_given)
    VALUES ($_, RANDOM_BYTES(16), 1, 'u$_', 'a', 'b', 'a', 'b')") for 1 .. USERS;
for (@staff) {
    my ($first, @further) = @{ $works_as{"@$_"} };
    sql("INSERT INTO care_staff (user_id, office_id, profession, further_professions) VALUES ($_->[0], $_->[1], '$first', " . list(@further) . ')');
}
sql("INSERT INTO care_patient (id, ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date)
    VALUES ($_, RANDOM_BYTES(16), 1, 'p', '$_', 'p', 'p', 'p', 'female', '1940-01-01')") for 1 .. PATIENTS;

sql("INSERT INTO care_disease_network (id, ref, network_id, name) VALUES (1, RANDOM_BYTES(16), 1, 'a'), (2, RANDOM_BYTES(16), 1, 'b')");
turn_disease() for 1 .. USERS;

# A session of each at her office, on that office's device.
my (%suspended, %closed, %revoked, %signed_out);
sub token { return sprintf "X'%064x'", $_[0] * 1000 + $_[1] }
sub certificate { return sprintf "X'%064x'", 7_000_000 + $_[0] }
sql("INSERT INTO care_device (id, ref, office_id, name, certificate, created_at) VALUES ($_, RANDOM_BYTES(16), $_, 'd', " . certificate($_) . ', ' . at($now) . ')') for 1 .. OFFICES;
sql('INSERT INTO care_session (token, user_id, office_id, device_id, door, created_at, seen_at) VALUES (' . token(@$_) . ", $_->[0], $_->[1], $_->[1], 0, " . at($now) . ', ' . at($now) . ')') for @staff;

sub open_episode {
    my ($p) = @_;
    push @episode, { patient => $p, opened => $now };
    sql('INSERT INTO care_episode (id, ref, patient_id, opened_at) VALUES (' . @episode . ", RANDOM_BYTES(16), $p, " . at($now) . ')');
    return;
}
sub last_episode { my ($p) = @_; return (grep { $episode[$_]{patient} == $p } 0 .. $#episode)[-1] }

sub join_team {
    my ($p) = @_;
    my $e = last_episode($p) // return;
    my $s = pick(@staff);
    my $m = { patient => $p, episode => $e, office => $s->[1], user => rand() < 0.3 ? 0 : $s->[0], role => pick(@role), joined => $now };
    push @member, $m;
    sql('INSERT INTO care_team (id, ref, patient_id, episode_id, office_id, user_id, team_role, joined_at) VALUES ('
        . @member . ", RANDOM_BYTES(16), $p, " . ($e + 1) . ", $m->{office}, $m->{user}, '$m->{role}', " . at($now) . ')');
    return;
}
sub leave_team {
    my @open = grep { !defined $member[$_]{left} } 0 .. $#member;
    return if !@open;
    my $n = pick(@open);
    $member[$n]{left} = $now;
    sql('UPDATE care_team SET left_at = ' . at($now) . ' WHERE id = ' . ($n + 1));
    return;
}
sub agree {
    my ($p, $purpose) = @_;
    my $given = day_of($now) - int rand 3;
    my $c = { patient => $p, purpose => $purpose // pick(@purpose), given => $given, officer => rand() < 0.5 ? 1 : 0,
        until => rand() < 0.4 ? undef : $given + int rand 40 };
    delete $c->{until} if $c->{purpose} =~ /disease/;      # it ends by its withdrawal
    push @consent, $c;
    my ($word, $network) = split / /, $c->{purpose};
    sql('INSERT INTO care_consent (id, ref, patient_id, purpose, disease_network_id, form, signer, signer_relation, given_on, valid_until, officer) VALUES ('
        . @consent . ", RANDOM_BYTES(16), $p, '$word', " . ($network // 'NULL') . ", 'written', 'x', 'x', " . on($given) . ', '
        . (defined $c->{until} ? on($c->{until}) : 'NULL') . ", $c->{officer})");
    return;
}
sub withdraw {
    my @open = grep { !$consent[$_]{withdrawn} } 0 .. $#consent;
    return if !@open;
    my $n = pick(@open);
    $consent[$n]{withdrawn} = 1;
    sql('UPDATE care_consent SET withdrawn_at = ' . at($now) . ' WHERE id = ' . ($n + 1));
    return;
}
sub end_episode {
    my $p = 1 + int rand PATIENTS;
    my $e = last_episode($p) // return;
    return if defined $episode[$e]{closes};
    $episode[$e]{closes} = $now + (rand() < 0.3 ? 0 : 30 * DAY);
    sql('UPDATE care_episode SET ended_at = ' . at($now) . ', closes_at = ' . at($episode[$e]{closes}) . ' WHERE id = ' . ($e + 1));
    open_episode($p) if rand() < 0.5;
    return;
}
sub turn_duty {
    my $s = pick(@staff);
    my $on = $duty{"@$s"} = !$duty{"@$s"} || 0;
    sql('UPDATE care_staff SET on_duty = ' . ($on ? 1 : 0) . " WHERE user_id = $s->[0] AND office_id = $s->[1]");
    return;
}
sub leave_office {
    my $s = pick(@staff);
    my $gone = $left_staff{"@$s"} = !$left_staff{"@$s"};
    sql('UPDATE care_staff SET left_at = ' . ($gone ? at($now) : 'NULL') . " WHERE user_id = $s->[0] AND office_id = $s->[1]");
    return;
}
# Somebody joins a network for a disease, or leaves it.
sub turn_disease {
    my ($n, $s) = (1 + int rand 2, pick(@staff));
    my $of = $disease{"@$s $n"} = !$disease{"@$s $n"};
    sql("INSERT INTO care_disease_member (disease_network_id, user_id, office_id, joined_at, left_at) VALUES ($n, $s->[0], $s->[1], " . at($now) . ', NULL)
        ON DUPLICATE KEY UPDATE left_at = ' . ($of ? 'NULL' : at($now)));
    return;
}
# What bars a session: each of them on and off, but for signing out.
sub bar {
    my $what = int rand 4;
    my ($user, $office) = @{ pick(@staff) };
    if ($what == 0) {
        my $on = $suspended{$user} = !$suspended{$user};
        sql('UPDATE care_user SET suspended_at = ' . ($on ? at($now) : 'NULL') . " WHERE id = $user");
    } elsif ($what == 1) {
        my $on = $closed{$office} = !$closed{$office};
        sql('UPDATE care_office SET closed_at = ' . ($on ? at($now) : 'NULL') . " WHERE id = $office");
    } elsif ($what == 2) {
        my $on = $revoked{$office} = !$revoked{$office};
        sql('UPDATE care_device SET revoked_at = ' . ($on ? at($now) : 'NULL') . " WHERE id = $office");
    } elsif (rand() < 0.2) {
        $signed_out{"$user $office"} = 1;
        sql('UPDATE care_session SET ended_at = ' . at($now) . ' WHERE token = ' . token($user, $office));
    }
    return;
}
sub turn_professional {
    my $s = pick(@staff);
    my ($first, @further) = @{ $works_as{"@$s"} = [some_professions()] };
    sql("UPDATE care_staff SET profession = '$first', further_professions = " . list(@further) . " WHERE user_id = $s->[0] AND office_id = $s->[1]");
    return;
}
# A network says which kinds of the whole team's a profession reads, or goes back to the rule.
sub decide {
    my ($network, $code) = (1 + int rand 2, pick(sort keys %profession));
    sql("DELETE FROM care_network_right WHERE network_id = $network AND profession = '$code'");
    delete $right{"$network $code"};
    return if rand() < 0.3;
    my @sees = grep { rand() < 0.5 } @kind;
    my $silent = rand() < 0.2;          # a row that says of writing only
    $right{"$network $code"} = { map { $_ => 1 } @sees } if !$silent;
    sql("INSERT INTO care_network_right (network_id, profession, sees, writes) VALUES ($network, '$code', " . ($silent ? 'NULL' : "'" . join(',', @sees) . "'") . ", 'note')");
    return;
}
# Whom an entry is for: the whole team, some professions, some people by name, or a network
# for a disease.
sub write_entry {
    my ($p) = @_;
    my $to = pick(qw(team team professions named disease_network));
    my @mine = grep { $_->{patient} == $p && $_->{user} } @member;
    my $e = { patient => $p, author => @mine && rand() < 0.7 ? pick(@mine)->{user} : 1 + int rand USERS, kind => pick(@kind), to => $to, for => {} };
    $e->{for}{ $to eq 'disease_network' ? 1 + int rand 2 : $to eq 'named' ? (@mine ? pick(@mine)->{user} : 1 + int rand USERS) : pick(sort keys %profession) } = 1 for 1 .. ($to eq 'team' ? 0 : $to eq 'disease_network' ? 1 : 1 + int rand 3);
    push @entry, $e;
    my $reach = $to ne 'team' ? 2 : $e->{kind} eq 'daily_life' ? 0 : 1;
    my $of = $to eq 'team' ? ',' : join ',', '', "u$e->{author}", (map { { named => 'u', professions => 'p', disease_network => 'n' }->{$to} . $_ } sort keys %{ $e->{for} }), '';
    sql('INSERT INTO timeline_entry (patient_id, id, ref, network_id, author_id, author_name, author_profession, author_office, written_at, kind, audience, reach, audience_of, body)
        VALUES (' . "$p, " . @entry . ", RANDOM_BYTES(16), 1, $e->{author}, 'x', '040', 'x', " . at($now) . ", '$e->{kind}', '$to', $reach, '$of', 'words')");
    return;
}
sub take_back {
    my @there = grep { !$entry[$_]{gone} && !$entry[$_]{recalled} } 0 .. $#entry;
    return if !@there;
    my $n = pick(@there);
    my $how = pick(qw(gone recalled));
    $entry[$n]{$how} = 1;
    sql('UPDATE timeline_entry SET ' . ($how eq 'gone' ? "gone = '" . pick(qw(withdrawn moved)) . "', gone_at = " : 'recalled_at = ') . at($now) . ' WHERE id = ' . ($n + 1));
    return;
}
sub disaster {
    my ($open) = grep { !defined $incident[$_]{closed} } 0 .. $#incident;
    if (defined $open) {
        $incident[$open]{closed} = $now;
        sql('UPDATE care_incident SET closed_at = ' . at($now) . ' WHERE id = ' . ($open + 1));
        return;
    }
    # The first is real and of the first town: whatever the seed, some are asked about.
    my $i = { network => @incident ? 1 + int rand 2 : 1, drill => @incident && rand() < 0.3 ? 1 : 0, opened => $now };
    push @incident, $i;
    sql('INSERT INTO care_incident (id, ref, network_id, drill, opened_at) VALUES (' . @incident
        . ", RANDOM_BYTES(16), $i->{network}, $i->{drill}, " . at($now) . ')');
    $i->{about} = { map { $_ => 1 } grep { rand() < 0.5 } 1 .. PATIENTS };
    sql('INSERT INTO care_incident_patient (incident_id, patient_id) VALUES (' . @incident . ", $_)") for sort keys %{ $i->{about} };
    return;
}

# ---- the model: the rules in words of the law, from what happened ----

sub agrees {
    my ($p, $purpose, $officer) = @_;
    return scalar grep { $_->{patient} == $p && $_->{purpose} eq $purpose && !$_->{withdrawn}
        && day_of($now) >= $_->{given} && (!defined $_->{until} || day_of($now) <= $_->{until})
        && (!$officer || $_->{officer}) } @consent;
}
sub disaster_open { my ($p) = @_; return scalar grep { $_->{network} == 1 && $_->{about}{$p} && !$_->{drill} && $_->{opened} <= $now && (!defined $_->{closed} || $now < $_->{closed}) } @incident }

# Is this membership worth anything now?
sub membership_open {
    my ($m) = @_;
    return 0 if defined $m->{left};
    my $closes = $episode[$m->{episode}]{closes};
    return 0 if defined $closes && $now >= $closes;
    my $restricted = $m->{role} =~ /officer|volunteer/;
    return 1 if $restricted && disaster_open($m->{patient});
    return 0 if !agrees($m->{patient}, 'share_team', $restricted);
    return $office_network{ $m->{office} } == 1 || agrees($m->{patient}, 'share_wide_area') ? 1 : 0;
}

# What a viewer at an office may do about a patient: 'of' the team, 'in' for a colleague, or ''.
sub standing {
    my ($user, $office, $p, $of) = @_;
    return '' if $left_staff{"$user $office"};
    my @open = @{ $of->{$p}{$office} // [] };
    return 'of' if grep { $_->{user} == 0 || $_->{user} == $user } @open;
    return @open && $duty{"$user $office"} ? 'in' : '';
}

# Whether her session at that office counts at all.
sub signed_in {
    my ($user, $office) = @_;
    return !$suspended{$user} && !$closed{$office} && !$revoked{$office} && !$signed_out{"$user $office"};
}

# May she, at that office, read the entry once its page is open to her? '' or what of it.
sub reads {
    my ($user, $office, $e) = @_;
    my @counts = grep { $profession{$_} ne 'none' } @{ $works_as{"$user $office"} };
    return '' if $e->{recalled} || !@counts;
    my $what = $e->{gone} ? 'that it was' : 'words';
    return $user == $e->{author} || $e->{for}{$user} ? $what : '' if $e->{to} eq 'named';
    return $user == $e->{author} || (grep { $e->{for}{$_} } @counts) ? $what : '' if $e->{to} eq 'professions';
    return $user == $e->{author} || (grep { $disease{"$user $office $_"} && agrees($e->{patient}, "disease_network $_") } keys %{ $e->{for} }) ? $what : ''
        if $e->{to} eq 'disease_network';
    return (grep { sees_kind($office_network{$office}, $_, $e->{kind}) } @counts) ? $what : '';
}
# What of the whole team's a profession reads: as the network of her office says, or by the rule.
sub sees_kind {
    my ($network, $code, $kind) = @_;
    my $own = $right{"$network $code"};
    return $own ? $own->{$kind} : $profession{$code} eq 'writes' || $kind eq 'daily_life';
}
# What an ambulance crew reads of somebody who agreed to it.
sub crew_reads {
    my ($e) = @_;
    return !$e->{gone} && !$e->{recalled} && $e->{to} eq 'team' && $e->{kind} =~ /\A(?:observation|diagnosis|medication)\z/;
}

# ---- asked and compared ----

# A statement of admission as it stands, with its marks filled in; or, of all sessions and all
# patients at once, without them: its joins are a row's either way.
sub statement {
    my ($name) = @_;
    open my $file, '<:encoding(UTF-8)', "$base/modules/care/admit.sql" or die "admit.sql: $!\n";
    my ($text) = join('', <$file>) =~ /^--! one member $name \(.*?\)\n(.*?);\n/ms or die "no statement $name\n";
    $text =~ s/^--.*\n//mg;
    return $text;
}
my %admit = map { $_ => statement($_) } qw(member otherwise);
sub admit_one {
    my ($name, $user, $office, $p) = @_;
    (my $text = $admit{$name}) =~ s/:token\b/token($user, $office)/ge;
    $text =~ s/:certificate\b/certificate($office)/ge;
    $text =~ s/:patient\b/(SELECT ref FROM care_patient WHERE id = $p)/g;
    return $text;
}
sub admit_all {
    my ($name) = @_;
    my $text = $admit{$name};
    my $marks = $text =~ s/s\.token = :token AND s\.certificate = :certificate/s.certificate IS NOT NULL/ + $text =~ s/p\.ref = :patient/TRUE/;
    die "admit.sql has other marks than this test knows\n" if $marks != 2 || $text =~ /:[a-z]/;
    $text =~ s/ ORDER BY stand_in LIMIT 1//;
    return $text;
}
my ($members, $others) = map { admit_all($_) } qw(member otherwise);

my @expected;           # a hash of allowed cells a check
my ($cells, $entry_cells, $entries_open) = (0, 0, 0);

# A cell: viewer, patient, purpose; and as the tenth purpose standing in; or viewer and entry.
sub check {
    my (%may, %of);
    push @{ $of{ $_->{patient} }{ $_->{office} } }, $_ for grep { membership_open($_) } @member;
    my %entries;
    push @{ $entries{ $entry[$_]{patient} } }, $_ for 0 .. $#entry;
    for my $p (1 .. PATIENTS) {
        my @agreed = grep { agrees($p, $_) } grep { $_ ne 'share_team' } @purpose;
        $may{"0 0 $p $_"} = 1 for @agreed, agrees($p, 'share_team') ? 'share_team' : ();
        if (agrees($p, 'emergency')) {
            $may{"0 0 $p crew " . ($_ + 1)} = 1 for grep { crew_reads($entry[$_]) } @{ $entries{$p} // [] };
        }
        for my $s (@staff) {
            my $standing = standing(@$s, $p, \%of);
            $cells += @purpose + 1;
            $may{"@$s $p stand_in"} = 1 if $standing eq 'in';
            $may{"@$s $p admitted $standing"} = 1 if $standing ne '' && signed_in(@$s);
            for my $n (@{ $entries{$p} // [] }) {
                $entry_cells++;
                my $what = $standing eq '' ? '' : reads(@$s, $entry[$n]);
                $may{ "@$s $p entry " . ($n + 1) . " $what" } = 1 if $what ne '';
                $entries_open++ if $what ne '';
            }
            next if $standing ne 'of';
            $may{"@$s $p $_"} = 1 for 'share_team', @agreed;
        }
    }
    my @asked = map { [@{ pick(@staff) }, 1 + int rand PATIENTS] } 1 .. 12;
    for my $a (@asked) {
        my $standing = signed_in(@$a[0, 1]) ? standing(@$a, \%of) : '';
        $may{"@$a asked $standing"} = 1 if $standing ne '';
    }
    push @expected, \%may;
    my $person = 'SELECT DISTINCT user_id, office_id, patient_id FROM care_team_person';
    sql("SET timestamp = $now", "SELECT 'check'",
        "SELECT user_id, office_id, patient_id, 'share_team' FROM ($person) AS m",
        "SELECT user_id, office_id, m.patient_id, c.purpose FROM ($person) AS m
           JOIN care_consent_open c ON c.patient_id = m.patient_id AND c.purpose <> 'share_team'",
        # by purpose alone, whoever asks; and what a crew reads by one
        "SELECT 0, 0, patient_id, purpose FROM care_consent_open",
        "SELECT 0, 0, e.patient_id, CONCAT('crew ', e.id) FROM timeline_crew e
           JOIN care_consent_open c ON c.patient_id = e.patient_id AND c.purpose = 'emergency'",
        # the way of an admission: three rows by their keys
        "SELECT f.user_id, f.office_id, p.id, 'stand_in' FROM care_staff f JOIN care_patient p
           JOIN care_team_member t ON t.patient_id = p.id AND t.office_id = f.office_id AND t.user_id = -1
           LEFT JOIN care_team_member n ON n.patient_id = p.id AND n.office_id = f.office_id AND n.user_id = f.user_id
           LEFT JOIN care_team_member w ON w.patient_id = p.id AND w.office_id = f.office_id AND w.user_id = 0
          WHERE f.on_duty AND f.left_at IS NULL AND n.patient_id IS NULL AND w.patient_id IS NULL",
        # admission itself: of all at once, and of some as it stands
        "SELECT a.user_id, a.office_id, a.patient_id, IF(MIN(a.stand_in), 'admitted in', 'admitted of')
           FROM (SELECT user_id, office_id, patient_id, stand_in FROM ($members) AS m
                  UNION ALL SELECT user_id, office_id, patient_id, stand_in FROM ($others) AS o) AS a
          GROUP BY a.user_id, a.office_id, a.patient_id",
        (map { my $a = $_; "SELECT user_id, office_id, patient_id, IF(stand_in, 'asked in', 'asked of') FROM
            (SELECT user_id, office_id, patient_id, stand_in FROM (" . admit_one('member', @$a) . ") AS m
              UNION ALL SELECT user_id, office_id, patient_id, stand_in FROM (" . admit_one('otherwise', @$a) . ") AS o) AS a
              ORDER BY stand_in LIMIT 1" } @asked),
        # entries: who is let in, joined to the one view that an entry is read by
        "SELECT m.user_id, m.office_id, m.patient_id, CONCAT('entry ', e.id, IF(e.body = '', ' that it was', ' words'))
           FROM ($person UNION SELECT f.user_id, f.office_id, t.patient_id FROM care_staff f
                   JOIN care_team_member t ON t.office_id = f.office_id AND t.user_id = -1 WHERE f.on_duty AND f.left_at IS NULL) AS m
           JOIN timeline_seen e ON e.viewer_id = m.user_id AND e.viewer_office = m.office_id AND e.patient_id = m.patient_id");
    return;
}

for my $p (1 .. PATIENTS) {
    open_episode($p);
    agree($p, $_) for grep { $p % 5 } qw(share_team share_team share_wide_area emergency);
    join_team($p) for 1 .. 12;
    write_entry($p) for 1 .. 8;
}
my @event = ((\&join_team) x 3, \&leave_team, (\&agree) x 4, \&withdraw, \&withdraw, \&end_episode, \&turn_duty, \&leave_office, \&turn_professional, (\&decide) x 2, (\&turn_disease) x 2, (\&disaster) x 2, \&bar, (\&write_entry) x 4, \&take_back);
for (1 .. CHECKS) {
    $now += 1 + int rand(pick(60, 7200, DAY, 3 * DAY));
    for (1 .. 1 + int rand 8) {
        pick(@event)->(1 + int rand PATIENTS);
        $now += int rand 3;
    }
    # Now and then the very instant at which something passes, and the one before.
    my ($closing) = grep { defined $_->{closes} && $_->{closes} > $now && $_->{closes} < $now + 5 * DAY } @episode;
    my ($passing) = grep { defined $_->{until} && $_->{until} == day_of($now) } @consent;
    for my $edge ($closing ? $closing->{closes} : (), $passing ? ($passing->{until} + 1) * DAY - JST : ()) {
        next if rand() < 0.7 || $edge - 1 <= $now;
        $now = $edge - 1;
        check();
        $now = $edge;
        check();
    }
    check();
}

my $script = File::Temp->new;
print {$script} map { "$_;\n" } @sql;
close $script;
open my $out, '-|', "@{[map { quotemeta } @mariadb]} --quick $schema <$script" or die "mariadb: $!\n";
my @got;
while (my $line = <$out>) {
    chomp $line;
    if ($line eq 'check') { push @got, {}; next }
    $got[-1]{ join ' ', split /\t/, $line } = 1 if @got;
}
ok(close $out, 'the world was asked');
is(scalar @got, scalar @expected, "$#expected and one instants");

my @differ;
for my $i (0 .. $#expected) {
    push @differ, map { "check $i: $_ " . ($got[$i]{$_} ? 'is shown and may not' : 'may and is not shown') }
        grep { !$got[$i]{$_} != !$expected[$i]{$_} } sort keys %{ { %{ $got[$i] // {} }, %{ $expected[$i] } } };
}
is_deeply([@differ[0 .. ($#differ > 9 ? 9 : $#differ)]], [], "all @{[$cells + $entry_cells]} cells as the model says (seed $seed)");
cmp_ok($cells, '>=', 1_000_000, "a million cases of seeing a patient ($cells)");
cmp_ok($entry_cells, '>=', 1_000_000, "  and of reading an entry ($entry_cells)");
cmp_ok($entries_open, '>', $entry_cells / 200, "  of which $entries_open are open");
my $allowed = 0;
$allowed += keys %$_ for @expected;
cmp_ok($allowed, '>', $cells / 100, "  of which $allowed are open: enough to tell");
for my $what ((qw(crew research stand_in disease_network admitted), 'admitted in', 'asked of', 'asked in')) {
    ok((grep { / $what\b/ } map { keys %$_ } @expected), "  some of $what");
}
ok(scalar(grep { !$_->{drill} && $_->{network} == 1 } @incident), '  some while a disaster is open');
done_testing;
