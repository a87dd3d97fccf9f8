package LoadNotes;

# Entries, receipts, and what is unread. Entries are kept as packed numbers: a
# thousand patients write almost two hundred thousand.

use strict;
use warnings;
use utf8;
use Unicode::Normalize qw(NFKC);

my $MARK_DAYS = 30;    # older notes are not asked for any more

sub load {
    my ($load) = @_;
    my $receipts = receipts($load);
    my $entries = entries($load, $receipts);
    write_receipts($load, $receipts, $entries);
    marks($load, $receipts, $entries);
    return;
}

# For each entry (by number from 1): user => [read at, acknowledged at].
sub receipts {
    my ($load) = @_;
    my @of;
    $load->each_row('receipt', sub {
        my ($entry, $user, $kind, $at) = @_;
        my $slot = $of[$entry]{$user} //= [];
        $slot->[ $kind eq 'acknowledge' ? 1 : 0 ] = $at;
        return;
    });
    return \@of;
}

# What the entry's row repeats of its receipts, the author's not: two counts and
# two lists of keys.
sub counted {
    my ($load, $receipts, $author) = @_;
    my @reader = grep { $_ ne $author } sort keys %{ $receipts // {} };
    my @acknowledger = grep { defined $receipts->{$_}[1] } @reader;
    my @list = map { my $who = $_; Loader::text(join ',', '', (map { $load->{user}{$_} } @$who), '') }
        \@reader, \@acknowledger;
    return (scalar @reader, scalar @acknowledger, @list);
}

# A reply to a reply stands under the entry that began: number => its root, 0 if none.
sub roots {
    my ($load) = @_;
    my @root = (0);
    $load->each_row('entry', sub {
        my $to = $_[6];
        push @root, defined $to ? $root[$to] || $to : 0;
        return;
    });
    return \@root;
}

# What is for the whole team: daily life for those who only look, too
# (modules/timeline/audience.c).
sub reach { return $_[0] eq 'daily_life' ? 0 : 1 }

# The pairs of characters of a text, as modules/timeline/gram.c folds it.
sub grams {
    my ($text) = @_;
    my $folded = lc NFKC($text);
    $folded =~ s/[ \n\t\x{3000}]//g;
    $folded =~ tr/\x{30a1}-\x{30f6}/\x{3041}-\x{3096}/;
    my (%pair, @point);
    @point = (map({ ord } split //, $folded), 0);
    $pair{ $point[$_] * 2**21 + $point[ $_ + 1 ] } = 1 for 0 .. $#point - 1;
    return keys %pair;
}

sub store_grams {
    my ($load, $grams) = @_;
    $load->insert('timeline_gram', 'patient_id, gram, entry_id', $grams);
    @$grams = ();
    return;
}

# Writes them, a patient's together as the table keeps them. Returns
# [patient, author, written_at, urgent, key, ref] by number.
sub entries {
    my ($load, $receipts) = @_;
    my ($number, @entry, %of_patient, %reply, @replies, @gram) = (0);
    my $root = roots($load);
    $replies[$_]++ for @$root;
    my $base = $load->next_key('timeline_entry') - 1;
    $load->each_row('entry', sub {
        my ($patient, $author, $written_at, $kind, $urgent, $body) = @_;
        my $to = $root->[ ++$number ];
        my $who = $load->{who}{$author};
        my $ref = $load->ref_hex;
        push @{ $of_patient{$patient} }, [$load->{patient}{$patient}, $base + $number,
            Loader::hex($ref), $load->{network_id}, $load->{user}{$author},
            Loader::text($who->{name}), Loader::text($who->{profession}),
            Loader::text($load->{office_name}{ $who->{office} }), Loader::instant($written_at),
            Loader::text($kind), reach($kind), 0 + $urgent, $to ? $base + $to : 0, $replies[$number] // 0,
            counted($load, $receipts->[$number], $author), Loader::text($body)];
        push @{ $reply{$patient} }, [$load->{patient}{$patient}, $base + $to, $base + $number] if $to;
        push @gram, [$load->{patient}{$patient}, $_, $base + $number] for grams($body);
        store_grams($load, \@gram) if @gram > 20_000;
        $entry[$number] = [$patient, $author, $written_at, $urgent, $base + $number, $ref];
        return;
    });
    $load->insert('timeline_entry', 'patient_id, id, ref, network_id, author_id, author_name,
        author_profession, author_office, written_at, kind, reach, urgent, reply_to, replies, read_by,
        acknowledged_by, readers, acknowledgers, body', $of_patient{$_})
        for sort { $load->{patient}{$a} <=> $load->{patient}{$b} } keys %of_patient;
    store_grams($load, \@gram);
    $load->insert('timeline_reply', 'patient_id, entry_id, reply_id', $reply{$_}) for sort keys %reply;
    return \@entry;
}

sub write_receipts {
    my ($load, $receipts, $entries) = @_;
    my %of_patient;
    for my $number (1 .. $#$receipts) {
        my $of = $receipts->[$number] or next;
        my ($patient, undef, undef, undef, $key) = @{ $entries->[$number] };
        push @{ $of_patient{$patient} }, map { [$load->{patient}{$patient}, $key, $load->{user}{$_},
            Loader::instant($of->{$_}[0] // $of->{$_}[1]), Loader::instant($of->{$_}[1])] } sort keys %$of;
    }
    $load->insert('timeline_receipt', 'patient_id, entry_id, user_id, read_at, acknowledged_at',
        $of_patient{$_}) for sort { $load->{patient}{$a} <=> $load->{patient}{$b} } keys %of_patient;
    return;
}

# ---- marks ----

# Who is told, as modules/care/mark.sql has it: named users, and everybody of an
# office that joined as a whole; no officers, no volunteers.
sub members {
    my ($load, $patient) = @_;
    my %member;
    for my $t (@{ $load->{team}{$patient} // [] }) {
        next if $t->{team_role} =~ /\A(?:officer|welfare_volunteer)\z/;
        $member{$_} = 1 for defined $t->{user} ? $t->{user} : @{ $load->{staff}{ $t->{office} } // [] };
    }
    return sort keys %member;
}

# The instant some days before the town's last note.
sub since {
    my ($entries) = @_;
    my $last = (sort map { $_->[2] } grep { defined } @$entries)[-1];
    my ($y, $m, $d, $rest) = $last =~ /\A(\d+)-(\d+)-(\d+)(T.*)\z/;
    require Time::Local;
    my @day = gmtime(Time::Local::timegm(0, 0, 0, $d, $m - 1, $y) - $MARK_DAYS * 86_400);
    return sprintf '%04d-%02d-%02d%s', $day[5] + 1900, $day[4] + 1, $day[3], $rest;
}

sub marks {
    my ($load, $receipts, $entries) = @_;
    my ($since, %members, @row) = (since($entries));
    for my $number (1 .. $#$entries) {
        my ($patient, $author, $written_at, $urgent, undef, $ref) = @{ $entries->[$number] };
        next if $written_at lt $since;
        my $read = $receipts->[$number] // {};
        for my $user (@{ $members{$patient} //= [members($load, $patient)] }) {
            next if $user eq $author || $read->{$user};
            push @row, map { [$load->{user}{$user}, $load->{patient}{$patient}, "'timeline'",
                "'$_'", Loader::hex($ref), Loader::instant($written_at)] }
                'unread', $urgent ? 'urgent' : ();
        }
    }
    $load->insert('care_mark', 'user_id, patient_id, module, kind, ref, at', \@row);
    return;
}

1;
