package LoadPeople;

# Network, offices, users; password, PIN and device of the demo people.

use strict;
use warnings;
use utf8;

# Whom tests and visitors play; everybody else has no password.
my @DEMO = (qw(doctor nurse pharmacist caremanager helper officer disasterofficer clerk crew
    dispatcher secretary manager operator privacy relative outsider lost carenurse hospitaldesk), map { "member$_" } 1 .. 5);

my $LETTERS = 'abcdefghjkmnpqrstuvwxyz';    # none that people confuse

sub load {
    my ($load, $network) = @_;
    $load->{network_id} = $load->next_key('care_network');
    $load->insert('care_network', 'id, ref, code, nickname, colour, sender, phone', [[
        $load->{network_id}, Loader::hex($load->ref_hex),
        map { Loader::text($network->{$_}) } qw(code nickname colour sender phone)]]);
    offices($load);
    my @user = $load->rows('user');
    secrets($load, @user);
    users($load, @user);
    staff($load, @user);
    my ($officer) = grep { $_->{key} eq 'officer' } @user;
    $load->say("UPDATE care_network SET officer_office_id = $load->{office}{ $officer->{office} } WHERE id = $load->{network_id}")
        if $officer;
    devices($load, @user);
    return;
}

sub offices {
    my ($load) = @_;
    my @row;
    for my $o ($load->rows('office')) {
        my $id = $load->{office}{ $o->{key} } = $load->next_key('care_office');
        $load->{office_name}{ $o->{key} } = $o->{name};
        push @row, [$id, Loader::hex($load->ref_hex), $load->{network_id},
            (map { Loader::text($o->{$_}) } qw(kind name office_number phone address)),
            map { Loader::number($o->{$_}) } qw(lat lon)];
    }
    $load->insert('care_office',
        'id, ref, network_id, kind, name, office_number, phone, address, lat, lon', \@row);
    return;
}

# ---- secrets ----

# A whole number below $n, each equally likely.
sub dice {
    my ($load, $n) = @_;
    my $limit = int(2**32 / $n) * $n;
    while (1) {
        read $load->{random}, my $bytes, 4;
        my $number = unpack 'N', $bytes;
        return $number % $n if $number < $limit;
    }
}

sub new_password {
    my ($load) = @_;
    my $letters = join '', map { substr $LETTERS, dice($load, length $LETTERS), 1 } 1 .. 20;
    return join '-', unpack '(A5)4', $letters;
}

# What a folder says already stays: it may outlive the database.
sub kept {
    my ($load, $name, $kind, $make) = @_;
    my $file = "$load->{people}/$name.$kind";
    if (-s $file) {
        open my $in, '<', $file or die "$file: $!\n";
        my $line = <$in>;
        $line =~ s/\s+\z//;
        return $line;
    }
    return $make->();
}

# Hashing takes a while: two halves at the same time.
sub secrets {
    my ($load, @user) = @_;
    return if !defined $load->{people};
    my %demo = map { $_ => 1 } @DEMO;
    my @name = grep { $demo{$_} } map { $_->{login} } @user;
    for my $name (@name) {
        $load->{password}{$name} = kept($load, $name, 'password', sub { new_password($load) });
        $load->{pin}{$name} = kept($load, $name, 'pin', sub { sprintf '%06d', dice($load, 1_000_000) });
    }
    my @secret = (@{ $load->{password} }{@name}, @{ $load->{pin} }{@name});
    my @hash = both_halves($load, @secret);
    @{ $load->{password_hash} }{@name} = @hash[0 .. $#name];
    @{ $load->{pin_hash} }{@name} = @hash[@name .. $#hash];
    return;
}

sub both_halves {
    my ($load, @line) = @_;
    my @second = splice @line, int(@line / 2);
    my $pid = open my $other, '-|';
    die "fork: $!\n" if !defined $pid;
    if (!$pid) {
        print map { "$_\n" } $load->filter('hash', @second);
        close STDOUT;
        require POSIX;
        POSIX::_exit(0);
    }
    my @first = $load->filter('hash', @line);
    my @rest = map { chomp; $_ } <$other>;
    close $other;
    die "hashing failed\n" if @rest != @second;
    return (@first, @rest);
}

# ---- users ----

sub users {
    my ($load, @user) = @_;
    my @row;
    for my $u (@user) {
        my $id = $load->{user}{ $u->{key} } = $load->next_key('care_user');
        $load->{who}{ $u->{key} } = { name => "$u->{family} $u->{given}",
            profession => $u->{profession}, office => $u->{office}, on_duty => $u->{on_duty} };
        push @row, [$id, Loader::hex($load->ref_hex), $load->{network_id},
            (map { Loader::text($_) } ($load->{prefix} // '') . $u->{login}, $load->{password_hash}{ $u->{login} },
                $load->{pin_hash}{ $u->{login} }),
            (map { Loader::text($u->{$_}) } qw(family given kana_family kana_given)),
            (map { Loader::text($load->{silent} ? undef : $u->{$_}) } qw(mail mobile)),
            Loader::text($u->{language} // 'ja'), Loader::text($u->{roles} // '')];
    }
    $load->insert('care_user', 'id, ref, network_id, login, password_hash, pin_hash, family, given,
        kana_family, kana_given, mail, mobile, lang, roles', \@row);
    return;
}

sub staff {
    my ($load, @user) = @_;
    my @row;
    for my $u (grep { defined $_->{office} } @user) {
        push @row, [$load->{user}{ $u->{key} }, $load->{office}{ $u->{office} },
            Loader::text($u->{profession}), Loader::text($u->{further_professions} || undef), 0 + $u->{office_manager}, 0 + $u->{on_duty}, 0 + $u->{on_duty}];
        push @{ $load->{staff}{ $u->{office} } }, $u->{key};
    }
    $load->insert('care_staff', 'user_id, office_id, profession, further_professions, office_manager, on_duty, may_stand_in', \@row);
    return;
}

# A phone each for those who have an office; certificates come later, from
# tomozuna-ca: `tomozuna certificate ask-all`.
sub devices {
    my ($load, @user) = @_;
    my @row;
    for my $u (grep { defined $_->{office} && $load->{password}{ $_->{login} } } @user) {
        my $ref = $load->{device}{ $u->{login} } = $load->ref_hex;
        push @row, [$load->next_key('care_device'), Loader::hex($ref), $load->{office}{ $u->{office} },
            Loader::text("$u->{family} $u->{given}のスマートフォン"), 'UTC_TIMESTAMP(3)'];
    }
    $load->insert('care_device', 'id, ref, office_id, name, created_at', \@row);
    return;
}

# ---- files ----

sub write_files {
    my ($load) = @_;
    for my $kind (qw(password pin device)) {
        my $of = $load->{$kind} // {};
        for my $name (sort keys %$of) {
            my $file = "$load->{people}/$name.$kind";
            my $before = umask 077;
            open my $out, '>', "$file.new" or die "$file.new: $!\n";
            umask $before;
            print {$out} "$of->{$name}\n";
            close $out or die "$file.new: $!\n";
            rename "$file.new", $file or die "$file: $!\n";
        }
    }
    return;
}

1;
