#!/usr/bin/perl
# The town: its numbers, its keys, and that nothing in it can belong to anyone.
use strict;
use warnings;
use utf8;
use Encode qw(decode FB_CROAK);
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

use constant NOW => '2026-11-22T06:00:00Z';

my $MAKE = "$FindBin::Bin/../../deploy/town/make";
my @FIVE = qw(doctor nurse pharmacist caremanager helper);
my @LOGIN = (@FIVE, qw(officer disasterofficer clerk crew dispatcher secretary manager operator privacy
    relative outsider lost hospitaldesk), map { "member$_" } 1 .. 5);
my @FILES = qw(network office user patient related_person allergy health_condition medication equipment
    emergency_contact advance_directive team entry receipt);

binmode $_, ':encoding(UTF-8)' for Test::More->builder->output, Test::More->builder->failure_output;

sub make
{
	my (@option) = @_;
	my $folder = tempdir(CLEANUP => 1);
	is(system($^X, $MAKE, '--out', $folder, @option), 0, "make @option");
	return $folder;
}

sub bytes_of
{
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!";
	local $/;
	return <$in>;
}

my %UNESCAPE = (n => "\n", t => "\t", '\\' => '\\');

sub rows
{
	my ($folder, $name) = @_;
	my $text = decode('UTF-8', bytes_of("$folder/$name.tsv"), FB_CROAK);
	my ($head, @line) = split /\n/, $text;
	my @column = split /\t/, $head;
	my @row;
	for my $line (@line) {
		my @cell = map { s/\\(.)/$UNESCAPE{$1}/gr } split /\t/, $line, -1;
		die "$name: $line" unless @cell == @column;
		my %row;
		@row{@column} = @cell;
		push @row, \%row;
	}
	return \@row;
}

sub keys_of { my ($rows) = @_; return { map { $_->{key} => $_ } @$rows } }

# Every value of COLUMN, if there is one, is a key.
sub refers
{
	my ($rows, $column, $known, $name) = @_;
	my @lost = grep { length && !$known->{$_} } map { $_->{$column} } @$rows;
	is_deeply(\@lost, [], $name);
	return;
}

sub all_match
{
	my ($rows, $column, $pattern, $name) = @_;
	is_deeply([grep { $_ !~ $pattern } map { $_->{$column} } @$rows], [], $name);
	return;
}

sub distinct { my %seen; return scalar grep { !$seen{$_}++ } @_ }

my $folder = make('--now', NOW);
my %town = map { $_ => rows($folder, $_) } @FILES;
my %key = map { $_ => keys_of($town{$_}) } qw(office user patient);

subtest 'counts' => sub {
	is(scalar @{ $town{office} }, 25, 'offices');
	is(scalar @{ $town{user} }, 122, 'users');
	is(scalar @{ $town{patient} }, 40, 'patients');
	cmp_ok(scalar @{ $town{entry} }, '>=', 4500, 'entries');
	is(distinct(map { $_->{key} } @{ $town{$_} }), scalar @{ $town{$_} }, "$_: keys differ") for sort keys %key;
	is(distinct(map { "$_->{family} $_->{given}" } @{ $town{user} }), 122, 'user names differ');
	ok($key{user}{$_}, "login $_") for @LOGIN;
	is($key{user}{$_}{on_duty}, 1, "$_ is on duty") for @FIVE;
};

subtest 'ages' => sub {
	my @age = map {
		my ($y, $rest) = $_->{birth_date} =~ /\A(\d{4})-(.*)\z/;
		2026 - $y - ($rest gt '11-22' ? 1 : 0);
	} @{ $town{patient} };
	my @sorted = sort { $a <=> $b } @age;
	is_deeply([@sorted[0, -1]], [58, 101], 'from 58 to 101');
	is(scalar(grep { $_->{birth_date} =~ /-02-29\z/ } @{ $town{patient} }), 1, 'one on a leap day');
};

subtest 'keys' => sub {
	for my $name (qw(related_person allergy health_condition medication equipment emergency_contact advance_directive team entry)) {
		refers($town{$name}, 'patient', $key{patient}, "$name: patients");
	}
	refers($town{user}, 'office', $key{office}, 'user: offices');
	refers($town{team}, 'office', $key{office}, 'team: offices');
	refers($town{$_->[0]}, $_->[1], $key{user}, "$_->[0]: $_->[1]")
	    for ['team', 'user'], ['related_person', 'user'], ['advance_directive', 'author'], ['entry', 'author'], ['receipt', 'user'];
	is_deeply([grep { $_->{user} && $key{user}{ $_->{user} }{office} ne $_->{office} } @{ $town{team} }], [],
	    'members belong to the office that joined');
};

subtest 'teams' => sub {
	my (%of, %office);
	$of{ $_->{user} }{ $_->{patient} } = $office{ $_->{patient} }{ $_->{office} } = 1 for @{ $town{team} };
	is(scalar keys %{ $of{nurse} }, 12, 'the nurse has twelve patients');
	is_deeply($of{$_}, $of{nurse}, "$_ shares them") for @FIVE;
	is(scalar keys %{ $of{officer} }, 40, 'the officer has all');
	ok($of{outsider}, 'the outsider has patients');
	is_deeply([grep { $of{nurse}{$_} } keys %{ $of{outsider} }], [], 'none of them the nurse\'s');
	is_deeply([grep { !$office{ $_->{patient} }{ $key{user}{ $_->{author} }{office} } } @{ $town{entry} }], [],
	    'only offices of the team write');
	is($key{user}{$_}{office}, $key{user}{nurse}{office}, "$_ works at the nurse's") for qw(manager lost);
};

subtest 'entries' => sub {
	my (%body, %twice);
	$twice{ $_->{patient} }{ $_->{body} }++ for @{ $town{entry} };
	$body{ $_->{body} } = 1 for @{ $town{entry} };
	cmp_ok(scalar keys %body, '>=', 1500, 'distinct bodies');
	is_deeply([grep { $_ > 1 } map { values %$_ } values %twice], [], 'none twice within a patient');
	all_match($town{entry}, 'written_at', qr/\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\z/, 'instants');
	all_match($town{entry}, 'kind', qr/\A(?:note|observation|medication|daily_life|plan|report)\z/, 'kinds');
	my @at = map { $_->{written_at} } @{ $town{entry} };
	is_deeply(\@at, [sort @at], 'in order of time');
	cmp_ok($at[-1], 'lt', NOW, 'none in the future');
	cmp_ok($at[-1], 'gt', '2026-11-22T03:00:00Z', 'the newest a few hours old');
	# From 15:00 on, the UTC date is the day before Japan's.
	is_deeply([grep { substr($_->{written_at}, 0, 10) lt $key{patient}{ $_->{patient} }{consent_on} }
	    grep { $_->{written_at} lt substr($_->{written_at}, 0, 10) . 'T15' } @{ $town{entry} }], [], 'none before consent');
	my $urgent = grep { $_->{urgent} } @{ $town{entry} };
	cmp_ok($urgent / @at, '>', 0.01, 'some are urgent');
	cmp_ok($urgent / @at, '<', 0.03, 'few are urgent');
	is_deeply([grep { $_->{body} =~ /[{}|]|\A\s|\s\z|\n\n/ || !length $_->{body} } @{ $town{entry} }], [], 'no brace is left');
	cmp_ok((sort { $b <=> $a } map { scalar(() = $_->{body} =~ /\n/g) + 1 } @{ $town{entry} })[0], '<=', 7, 'short');
};

subtest 'replies and receipts' => sub {
	my @entry = (undef, @{ $town{entry} });
	my ($number, @wrong) = (0);
	for my $entry (@{ $town{entry} }) {
		$number++;
		my $to = $entry->{reply_to} or next;
		push @wrong, $number unless $to < $number && $entry[$to]{patient} eq $entry->{patient};
	}
	is_deeply(\@wrong, [], 'a reply follows an entry of the same patient');
	is_deeply([grep { !$entry[$_->{entry_index}] || $_->{at} gt NOW
	    || $_->{at} lt $entry[$_->{entry_index}]{written_at} } @{ $town{receipt} }], [], 'read after writing, not in the future');
	is(distinct(map { join ' ', @$_{qw(entry_index user kind)} } @{ $town{receipt} }), scalar @{ $town{receipt} }, 'once each');
};

subtest 'what waits' => sub {
	my (%read, %unread, %team);
	$team{ $_->{patient} }{ $_->{user} } = 1 for @{ $town{team} };
	$read{ $_->{entry_index} }{"$_->{user} $_->{kind}"} = 1 for @{ $town{receipt} };
	my ($n, @waiting) = (0);
	for my $entry (@{ $town{entry} }) {
		$n++;
		next unless $team{ $entry->{patient} }{nurse};
		$unread{ $entry->{patient} }++ unless $entry->{author} eq 'nurse' || $read{$n}{'nurse read'};
		push @waiting, $entry if $entry->{urgent} && $entry->{author} eq 'nurse' && !$read{$n}{'doctor acknowledge'};
	}
	cmp_ok(scalar keys %unread, '>=', 3, 'the nurse has patients with unread entries');
	cmp_ok(scalar keys %unread, '<=', 8, 'but not too many');
	is(scalar @waiting, 1, 'one urgent entry waits for the doctor');
};

subtest 'codes that cannot exist' => sub {
	my @d = split //, $town{network}[0]{code};
	is($d[5], (11 - (6 * $d[0] + 5 * $d[1] + 4 * $d[2] + 3 * $d[3] + 2 * $d[4]) % 11) % 10, 'the municipality\'s check digit');
	is("$d[0]$d[1]", '99', 'no such prefecture');
	all_match($town{patient}, 'insurer_number', qr/\A994012\z/, 'the insurer\'s number: 9+9+8+0+2, check digit 2');
	all_match($town{patient}, 'insured_number', qr/\A(?:99\d{8}|H99\d{7})\z/, 'insured numbers');
	all_match($town{office}, 'office_number', qr/\A99\d{8}\z/, 'office numbers');
	all_match($town{user}, 'mobile', qr/\A\+81900000\d{4}\z/, 'mobiles of users');
	all_match($town{$_}, 'phone', qr/\A000-\d{3}-\d{4}\z/, "telephones: $_") for qw(network office patient);
	all_match($town{emergency_contact}, 'phone', qr/\A(?:090-0\d{3}-\d{4}|000-\d{3}-\d{4})\z/, 'telephones of contacts');
	all_match($town{user}, 'mail', qr/\A[a-z0-9]+\@mutsumi\.example\z/, 'mail addresses');
	my ($known) = grep { $_->{name} eq '佐久間 明美' } @{ $town{emergency_contact} };
	is($known->{phone} =~ s/\A0|-//gr, substr($key{user}{relative}{mobile}, 3), 'the relative is the contact');
};

subtest 'the same everywhere' => sub {
	my $again = make('--now', NOW);
	is(bytes_of("$again/$_.tsv"), bytes_of("$folder/$_.tsv"), "$_: the same bytes") for @FILES;
	my $night = rows(make('--now', '2024-02-28T18:30:00Z'), 'entry');
	cmp_ok($night->[-1]{written_at}, 'lt', '2024-02-28T18:30:00Z', 'at night too nothing lies in the future');
	is(scalar @{ rows(make('--now', NOW, '--patients', 60), 'patient') }, 60, 'more patients on demand');
};

done_testing();
